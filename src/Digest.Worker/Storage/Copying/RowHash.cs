using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Digest.Worker.Storage.Postgres;

namespace Digest.Worker.Storage.Copying;

/// <summary>
/// A hash of rows in their order, the same on every engine. Text counts as both engines can hold it: what one had to replace is no difference.
/// </summary>
internal sealed class RowHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Rows { get; private set; }

    public void Add(object?[] row)
    {
        Rows++;
        foreach (var value in row)
            Add(value);
    }

    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                hash.AppendData([0]);
                break;
            case long number:
                Add(1, number);
                break;
            case double real:
                Add(2, BitConverter.DoubleToInt64Bits(real));
                break;
            case string text:
                Add(3, Encoding.UTF8.GetBytes(PostgresText.Fit(text)));
                break;
            case byte[] octets:
                Add(4, octets);
                break;
            default:
                throw new NotSupportedException($"A value of type {value.GetType().Name} cannot be hashed.");
        }
    }

    private void Add(byte kind, ReadOnlySpan<byte> octets)
    {
        Add(kind, octets.Length);
        hash.AppendData(octets);
    }

    private void Add(byte kind, long number)
    {
        Span<byte> octets = stackalloc byte[9];
        octets[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(octets[1..], number);
        hash.AppendData(octets);
    }
}
