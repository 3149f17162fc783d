using System.Diagnostics.CodeAnalysis;

namespace Kwid.Core.Publishing;

/// <summary>Keeps made values up to a sum of bytes; the longest unused goes first. Concurrent requests for one key share the making.</summary>
/// <param name="limit">In bytes.</param>
/// <param name="sizeOf">Bytes that a value holds.</param>
internal sealed class ByteBoundedCache<TKey, TValue>(long limit, Func<TValue, int> sizeOf)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Slot>> _slots = [];
    private readonly LinkedList<Slot> _byUse = new();
    private long _bytes;

    /// <summary>The kept value, or a new one of <paramref name="make"/>.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        Slot slot;
        lock (_gate)
        {
            if (_slots.TryGetValue(key, out var node)) _byUse.Remove(node);
            else _slots[key] = node = new LinkedListNode<Slot>(new Slot(key, new Lazy<TValue>(() => make(key))));
            _byUse.AddFirst(node);
            slot = node.Value;
        }

        try
        {
            var value = slot.Value.Value;
            Account(slot, sizeOf(value));
            return value;
        }
        catch
        {
            Forget(key);
            throw;
        }
    }

    /// <summary>Whether a value is kept already; it counts as used.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            var found = _slots.TryGetValue(key, out var node) && node.Value.Value.IsValueCreated;
            value = found ? node!.Value.Value.Value : default;
            return found;
        }
    }

    private void Account(Slot slot, int size)
    {
        lock (_gate)
        {
            if (slot.Size > 0 || !_slots.ContainsKey(slot.Key)) return;
            slot.Size = Math.Max(1, size);
            _bytes += slot.Size;
            while (_bytes > limit && _byUse.Last is { } oldest && oldest.Value != slot) Remove(oldest);
        }
    }

    private void Forget(TKey key)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(key, out var node)) Remove(node);
        }
    }

    private void Remove(LinkedListNode<Slot> node)
    {
        _byUse.Remove(node);
        _slots.Remove(node.Value.Key);
        _bytes -= node.Value.Size;
    }

    private sealed class Slot(TKey key, Lazy<TValue> value)
    {
        public TKey Key { get; } = key;

        public Lazy<TValue> Value { get; } = value;

        public int Size { get; set; }
    }
}
