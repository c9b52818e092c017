using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Kernels;

public class WorkspaceTests
{
    [Fact]
    public void AllocationsAreAlignedAndApart()
    {
        Workspace workspace = Workspace.Rent();
        var ends = new List<(nint Start, nint End)>();
        foreach (int length in new[] { 1, 3, 16, 1000, 0, 70000, 5 })
        {
            Span<double> span = workspace.Allocate<double>(length);
            Assert.Equal(length, span.Length);
            if (length == 0)
                continue;
            nint start = AddressOf(span);
            Assert.Equal(0, start % 64);
            ends.Add((start, start + length * sizeof(double)));
        }

        ends.Sort();
        for (int i = 1; i < ends.Count; i++)
            Assert.True(ends[i - 1].End <= ends[i].Start);
        workspace.Return();
    }

    [Fact]
    public void SpansStayValidWhileItGrows()
    {
        Workspace workspace = Workspace.Rent();
        Span<int> first = workspace.Allocate<int>(100);
        first.Fill(7);
        Block<int> block = workspace.AllocateBlock<int>(10);
        workspace.Span(block).Fill(9);
        for (int i = 0; i < 20; i++)
            workspace.Allocate<int>(100_000).Fill(-1);
        Assert.Equal(100, first.Count(7));
        Assert.Equal(10, workspace.Span(block).Count(9));
        workspace.Return();
    }

    [Fact]
    public void MarksReleaseWhatCameAfter()
    {
        Workspace workspace = Workspace.Rent();
        Span<float> kept = workspace.Allocate<float>(10);
        kept.Fill(1);
        WorkspaceMark mark = workspace.Mark();
        Span<float> first = workspace.Allocate<float>(100);
        workspace.Release(mark);
        Span<float> second = workspace.Allocate<float>(100);
        Assert.True(Unsafe.AreSame(ref first[0], ref second[0]));
        second.Fill(2);
        Assert.Equal(10, kept.Count(1));
        workspace.Return();
    }

    [Fact]
    public void TheSecondIdenticalUseAllocatesNothing()
    {
        static void Use()
        {
            Workspace workspace = Workspace.Rent();
            for (int i = 0; i < 10; i++)
            {
                workspace.Allocate<float>(50_000);
                workspace.Push((i, i * 0.5));
                workspace.PushObject("residual");
            }

            Workspace nested = Workspace.Rent();
            Assert.NotSame(workspace, nested);
            nested.Allocate<float>(300_000);
            nested.Return();
            for (int i = 9; i >= 0; i--)
            {
                if (workspace.Pop<(int, double)>() != (i, i * 0.5) || workspace.PopObject<string>() != "residual")
                    throw new InvalidOperationException();
            }

            workspace.Return();
        }

        Use();
        Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Use();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void NestedRentsMeetTheirOwnWorkspaceAgain()
    {
        Workspace outer = Workspace.Rent(), inner = Workspace.Rent();
        inner.Return();
        outer.Return();
        Workspace again = Workspace.Rent(), innerAgain = Workspace.Rent();
        Assert.Same(outer, again);
        Assert.Same(inner, innerAgain);
        innerAgain.Return();
        again.Return();
    }

    [Fact]
    public void ChunksMergeWhenAllIsReleased()
    {
        Workspace workspace = Workspace.Rent();
        for (int i = 0; i < 10; i++)
            workspace.Allocate<double>(100_000);
        long capacity = workspace.Capacity;
        workspace.Release(default);
        Assert.Equal(capacity, workspace.Capacity);
        workspace.Allocate<double>((int)(capacity / sizeof(double)));
        Assert.Equal(capacity, workspace.Capacity);
        workspace.Return();
    }

    [Fact]
    public void MisuseIsRefused()
    {
        Workspace workspace = Workspace.Rent();
        Assert.Throws<ArgumentOutOfRangeException>(() => workspace.Allocate<int>(-1).Length);
        Assert.Throws<InvalidOperationException>(() => workspace.Pop<int>());
        Assert.Throws<InvalidOperationException>(() => workspace.PopObject<string>());
        workspace.Push(1);
        workspace.Return();
        Assert.Throws<InvalidOperationException>(workspace.Return);
        Workspace again = Workspace.Rent();
        Assert.Throws<InvalidOperationException>(() => again.Pop<int>());
        again.Return();
    }

    // Workspace memory is pinned, so its distance from a null reference is its address.
    private static nint AddressOf(Span<double> span) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref MemoryMarshal.GetReference(span));
}
