using System.Net.Sockets;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Turns what the network and PostgreSQL say into a sentence for the operator. Never with the connection string: it has the password.</summary>
internal static class StoreFaults
{
    /// <summary>What is told in words; everything else is a mistake of ours or a caller's.</summary>
    public static bool IsKnown(Exception fault) => fault is NpgsqlException or SocketException or TimeoutException or DamagedRowException;

    /// <summary>A connection that was there has gone: the server ended it or ended itself, or the network did.</summary>
    public static bool IsLost(NpgsqlException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or "57P05" or "25P03" }
        || fault is { InnerException: IOException };

    /// <summary>The fault with database, finding and cure.</summary>
    public static StoreException Explain(Address address, Exception fault) => new($"{address} {Found(address, fault)}", fault);

    private static string Found(Address address, Exception fault) => fault switch
    {
        PostgresException told => Told(address, told),
        DamagedRowException => $"is not readable: {Sentence(fault)} Restore the latest backup into an empty database.",
        TimeoutException or { InnerException: TimeoutException } =>
            $"did not answer in time: {Sentence(fault)} Look whether the server is overloaded, or is being filled by a restore; the next access tries again.",
        _ when IsUnknownHost(fault) || IsUnknownHost(fault.InnerException) => $"can't be reached: {Sentence(fault)} Correct Host in storage.connection, or repair the name service.",
        NpgsqlException { InnerException: null } => $"can't be opened: {Sentence(fault)} Correct storage.connection.",
        _ => $"can't be reached: {Sentence(fault)} Start the server, or correct Host and Port in storage.connection; nothing committed is lost, and the next access tries again.",
    };

    private static string Told(Address address, PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"does not let user '{address.User}' in: {Sentence(fault)} Correct user and password in storage.connection, or what pg_hba.conf allows.",
        PostgresErrorCodes.InvalidCatalogName => $"does not exist. Create it: createdb --encoding=UTF8 --owner={address.User} {address.Database}.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"does not give user '{address.User}' the rights: {Sentence(fault)} Let that user own the database (ALTER DATABASE {address.Database} OWNER TO {address.User}), or its schema kwid.",
        PostgresErrorCodes.DiskFull => $"can't grow, the server's disk is full: {Sentence(fault)} Free some space there; nothing committed is lost, and the next access tries again.",
        PostgresErrorCodes.TooManyConnections => $"has no connection left: {Sentence(fault)} Raise max_connections, or set \"Maximum Pool Size\" in storage.connection.",
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            $"is starting or stopping: {Sentence(fault)} Nothing committed is lost, and the next access tries again.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "takes no writes, it is a standby server or set to read only. Name the primary server in storage.connection.",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => $"is damaged: {Sentence(fault)} Restore the latest backup into an empty database.",
        _ => $"failed: {fault.SqlState} {Sentence(fault)} The next access tries again; the server's log tells more.",
    };

    private static bool IsUnknownHost(Exception? fault) => fault is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData };

    private static string Sentence(Exception fault) => (fault is PostgresException told ? told.MessageText : fault.Message).TrimEnd('.', ' ') + ".";
}
