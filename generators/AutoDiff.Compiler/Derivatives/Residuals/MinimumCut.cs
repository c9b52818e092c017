namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// The cheapest set of nodes whose removal separates the sources from the sinks: Edmonds and Karp's maximum flow on the graph with every node split into
/// an entry and an exit, joined by an edge of the node's cost. Deterministic: ties fall to the cut nearest the sources.
/// </summary>
internal sealed class MinimumCut(int nodes)
{
    /// <summary>The cost of what cannot be stored.</summary>
    public const int Infinite = int.MaxValue / 4;
    private readonly List<(int To, int Capacity)> _edges = [];
    private readonly List<List<int>> _leaving = [.. Enumerable.Range(0, 2 * nodes + 2).Select(static _ => new List<int>())];

    private int Source => 2 * nodes;

    private int Sink => 2 * nodes + 1;

    public void Cost(int node, int cost) => AddEdge(Entry(node), Exit(node), cost);

    /// <summary>To compute <paramref name="to"/> again one needs <paramref name="from"/>.</summary>
    public void Needs(int to, int from) => AddEdge(Exit(from), Entry(to), Infinite);

    /// <summary>The node is not to be computed again.</summary>
    public void MarkSource(int node) => AddEdge(Source, Entry(node), Infinite);

    public void MarkSink(int node) => AddEdge(Exit(node), Sink, Infinite);

    /// <summary>The nodes to store.</summary>
    public List<int> Solve()
    {
        while (Augment()) { }
        HashSet<int> reached = Reach(out _);
        return Enumerable.Range(0, nodes).Where(n => reached.Contains(Entry(n)) && !reached.Contains(Exit(n))).ToList();
    }

    private static int Entry(int node) => 2 * node;

    private static int Exit(int node) => 2 * node + 1;

    private void AddEdge(int from, int to, int capacity)
    {
        _leaving[from].Add(_edges.Count);
        _edges.Add((to, capacity));
        _leaving[to].Add(_edges.Count);
        _edges.Add((from, 0));
    }

    private bool Augment()
    {
        Reach(out Dictionary<int, int> via);
        if (!via.ContainsKey(Sink)) return false;
        int flow = Infinite;
        for (int node = Sink; node != Source; node = _edges[via[node] ^ 1].To) flow = Math.Min(flow, _edges[via[node]].Capacity);
        for (int node = Sink; node != Source; node = _edges[via[node] ^ 1].To)
        {
            int edge = via[node];
            _edges[edge] = (_edges[edge].To, _edges[edge].Capacity - flow);
            _edges[edge ^ 1] = (_edges[edge ^ 1].To, _edges[edge ^ 1].Capacity + flow);
        }

        return true;
    }

    /// <summary>What the sources reach through edges with capacity left, and the edge each node was reached by.</summary>
    private HashSet<int> Reach(out Dictionary<int, int> via)
    {
        via = [];
        var reached = new HashSet<int> { Source };
        var queue = new Queue<int>([Source]);
        while (queue.Count > 0)
        {
            foreach (int edge in _leaving[queue.Dequeue()])
            {
                if (_edges[edge].Capacity == 0 || !reached.Add(_edges[edge].To)) continue;
                via[_edges[edge].To] = edge;
                queue.Enqueue(_edges[edge].To);
            }
        }

        return reached;
    }
}
