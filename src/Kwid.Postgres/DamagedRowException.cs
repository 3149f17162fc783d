namespace Kwid.Postgres;

/// <summary>A row that is there and can't be read: someone else has written it, or the server has damaged it.</summary>
internal sealed class DamagedRowException(string query, Exception inner) : Exception($"A row of \"{query}\" can't be read: {inner.Message}", inner);
