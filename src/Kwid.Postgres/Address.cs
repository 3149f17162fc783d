using Npgsql;

namespace Kwid.Postgres;

/// <summary>Where a database is and who asks it, for messages: a connection string without its secrets.</summary>
internal sealed record Address(string Host, string Database, string User)
{
    /// <summary>As messages name it.</summary>
    public override string ToString() => $"PostgreSQL database '{Database}' on '{Host}'";

    /// <summary>Of a connection string that can be read.</summary>
    public static Address Of(NpgsqlConnectionStringBuilder connection)
    {
        var user = connection.Username ?? Environment.UserName;
        // A folder is a socket's; a host may have a port of its own.
        var host = connection.Host is { } named && (named.StartsWith('/') || named.Contains(':', StringComparison.Ordinal)) ? named : $"{connection.Host}:{connection.Port}";
        return new Address(host, connection.Database ?? user, user);
    }
}
