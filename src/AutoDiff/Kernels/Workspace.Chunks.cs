namespace AutoDiff.Kernels;

/// <content>Growth and release.</content>
public sealed partial class Workspace
{
    private const long SmallestChunk = (1 << 18) / Chunk.LineSize;

    private readonly List<Chunk> _chunks = [];
    private int _current;
    private long _offset;

    /// <summary>The bytes that the workspace holds, used or not.</summary>
    public long Capacity
    {
        get
        {
            long lines = 0;
            foreach (Chunk chunk in _chunks)
                lines += chunk.Lines;
            return lines * Chunk.LineSize;
        }
    }

    /// <summary>The present position.</summary>
    public WorkspaceMark Mark() => new(_current, _offset);

    /// <summary>Releases what was allocated after <paramref name="mark"/>.</summary>
    public void Release(WorkspaceMark mark)
    {
        _current = mark.Chunk;
        _offset = mark.Offset;
        if (_chunks.Count > 1 && _current == 0 && _offset == 0)
            Merge();
    }

    private long Reserve(long lines)
    {
        while (_current < _chunks.Count)
        {
            if (_offset + lines <= _chunks[_current].Lines)
            {
                long offset = _offset;
                _offset += lines;
                return offset;
            }

            if (_current + 1 == _chunks.Count)
                break;
            _current++;
            _offset = 0;
        }

        long total = 0;
        foreach (Chunk chunk in _chunks)
            total += chunk.Lines;
        _chunks.Add(new Chunk(Math.Max(Math.Max(lines, total), SmallestChunk)));
        _current = _chunks.Count - 1;
        _offset = lines;
        return 0;
    }

    /// <summary>One chunk in place of several: their sum, which any sequence that fitted into them fits into.</summary>
    private void Merge()
    {
        long total = 0;
        foreach (Chunk chunk in _chunks)
            total += chunk.Lines;
        _chunks.Clear();
        _chunks.Add(new Chunk(total));
    }
}
