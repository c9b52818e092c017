namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>Disjoint sets of value ids (union-find); a set is known by its root.</summary>
internal sealed class Partition
{
    private readonly Dictionary<int, int> _parents = [];
    private readonly Dictionary<int, List<int>> _members = [];

    public int Find(int id)
    {
        int root = id;
        while (_parents.TryGetValue(root, out int parent)) root = parent;
        while (_parents.TryGetValue(id, out int parent) && parent != root)
        {
            _parents[id] = root;
            id = parent;
        }

        return root;
    }

    public IReadOnlyList<int> Members(int id)
    {
        int root = Find(id);
        return _members.TryGetValue(root, out List<int>? members) ? members : [root];
    }

    public void Union(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b) return;
        var members = new List<int>(Members(a));
        members.AddRange(Members(b));
        _members.Remove(b);
        _members[a] = members;
        _parents[b] = a;
    }
}
