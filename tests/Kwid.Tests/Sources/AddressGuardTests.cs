using System.Net;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "unspecified")]
    [InlineData("10.0.0.1", "private")]
    [InlineData("10.255.255.255", "private")]
    [InlineData("100.64.0.1", "carrier-grade")]
    [InlineData("100.127.255.255", "carrier-grade")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.0.1", "loopback")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.168.1.1", "private")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::7f00:1", "unspecified")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%1", "link-local")]
    [InlineData("fc00::1", "unique local")]
    [InlineData("fd12:3456::1", "unique local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("::ffff:192.168.0.1", "private")]
    [InlineData("64:ff9b::10.0.0.1", "private address (10.0.0.1) in IPv6")]
    [InlineData("64:ff9b::7f00:1", "loopback address (127.0.0.1) in IPv6")]
    [InlineData("64:ff9b:1::8.8.8.8", "NAT64")]
    [InlineData("2002:a00:1::", "private address (10.0.0.1) in IPv6")]
    [InlineData("2002:7f00:1::1", "loopback address (127.0.0.1) in IPv6")]
    [InlineData("2001:0:1234::1", "Teredo")]
    public void What_is_nobodys_public_server_is_closed(string address, string objection)
    {
        var guard = new AddressGuard([]);

        Assert.False(guard.Permits("upstream.example", 443, IPAddress.Parse(address)));
        Assert.Contains(objection, AddressRanges.FindObjection(IPAddress.Parse(address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2a02:26f0::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    public void Public_servers_are_open(string address)
    {
        var guard = new AddressGuard([]);

        Assert.True(guard.Permits("upstream.example", 443, IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("intern.example", "intern.example", 443, "10.0.0.1", true)]
    [InlineData("Intern.Example", "intern.example", 443, "10.0.0.1", true)]
    [InlineData("intern.example", "sub.intern.example", 443, "10.0.0.1", false)]
    [InlineData("intern.example:8443", "intern.example", 8443, "10.0.0.1", true)]
    [InlineData("intern.example:8443", "intern.example", 443, "10.0.0.1", false)]
    [InlineData("büro.example", "xn--bro-hoa.example", 443, "10.0.0.1", true)]
    [InlineData("10.0.0.1", "any.example", 443, "10.0.0.1", true)]
    [InlineData("10.0.0.1", "any.example", 443, "10.0.0.2", false)]
    [InlineData("127.0.0.1:8080", "localhost", 8080, "127.0.0.1", true)]
    [InlineData("127.0.0.1:8080", "localhost", 80, "127.0.0.1", false)]
    [InlineData("127.0.0.1", "localhost", 80, "::ffff:127.0.0.1", true)]
    [InlineData("[::1]:8080", "localhost", 8080, "::1", true)]
    [InlineData("[::1]:8080", "localhost", 80, "::1", false)]
    [InlineData("::1", "localhost", 80, "::1", true)]
    [InlineData("10.0.0.0/8", "any.example", 443, "10.200.3.4", true)]
    [InlineData("10.1.2.3/16", "any.example", 443, "10.1.255.255", true)]
    [InlineData("10.1.2.3/16", "any.example", 443, "10.2.0.0", false)]
    [InlineData("10.128.0.0/9", "any.example", 443, "10.127.255.255", false)]
    [InlineData("fd00::/8", "any.example", 443, "fdab::1", true)]
    [InlineData("fd00::/8", "any.example", 443, "fcab::1", false)]
    public void The_operator_may_open_a_host_a_port_an_address_or_a_network(string entry, string host, int port, string address, bool open)
    {
        var guard = new AddressGuard([entry]);

        Assert.Equal(open, guard.Permits(host, port, IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("http://intern.example")]
    [InlineData("10.0.0.0/33")]
    [InlineData("fd00::/129")]
    [InlineData("10.0.0.0/")]
    [InlineData("intern.example:99999")]
    [InlineData("intern.example:")]
    [InlineData("*")]
    public void What_is_no_entry_is_told(string entry)
    {
        Assert.False(AddressGuard.IsEntry(entry));
        Assert.Contains($"found '{entry}'", Assert.Throws<ArgumentException>(() => new AddressGuard([entry])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_names_the_address_and_the_setting()
    {
        using var fetcher = Fetcher(Upstream.Network(), "10.1.2.3");

        var failed = await fetcher.FailAsync(new Uri("http://upstream.example/feed"));

        Assert.Contains("leads to 10.1.2.3, a private address", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("add \"10.1.2.3\" to network.allow", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://2130706433:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://[::ffff:127.0.0.1]:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://a.localhost:9/")]
    public async Task Addresses_of_this_machine_are_refused_however_they_are_written(string address)
    {
        using var fetcher = Fetcher(Upstream.Network(), "127.0.0.1");

        var failed = await fetcher.FailAsync(new Uri(address));

        Assert.Contains("a loopback address", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneOfEachRange))]
    public async Task No_range_is_reached_by_address_by_name_or_by_redirect(string address)
    {
        var literal = address.Contains(':', StringComparison.Ordinal) ? $"http://[{address}]:9/" : $"http://{address}:9/";
        await using var server = new RawServer(RawServer.Always($"HTTP/1.1 302 Found\r\nLocation: {literal}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var resolving = Fetcher(Upstream.Network(), address);
        using var redirected = Upstream.Fetcher(Upstream.Network($"127.0.0.1:{server.Url.Port}"));

        var (byAddress, byName, byRedirect) = (await resolving.FailAsync(new Uri(literal)), await resolving.FailAsync(new Uri("http://upstream.example/")), await redirected.FailAsync(server.Url));

        Assert.All([byAddress, byName, byRedirect], failed => Assert.Contains("where Kwid does not ask unless told to", failed.Reason, StringComparison.Ordinal));
        Assert.Single(server.Heads);
    }

    public static TheoryData<string> OneOfEachRange { get; } =
    [
        "0.1.2.3", "10.1.2.3", "100.64.1.2", "127.1.2.3", "169.254.169.254", "172.16.1.2", "192.0.0.8", "192.168.1.2", "198.18.1.2", "224.0.0.1", "240.0.0.1",
        "::1", "::7f00:1", "64:ff9b:1::1", "2001::1", "fc00::1", "fd00::1", "fe80::1", "fec0::1", "ff02::1", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "2002:a01:203::1",
    ];

    [Fact]
    public async Task Of_a_mixed_answer_of_DNS_only_the_open_addresses_are_connected_to()
    {
        await using var server = new RawServer(RawServer.Always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        using var fetcher = Fetcher(Upstream.Network("127.0.0.1"), "10.1.2.3", "127.0.0.1");

        var outcome = await fetcher.AskAsync(new UriBuilder(server.Url) { Host = "upstream.example" }.Uri);

        Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    private static HttpFetcher Fetcher(NetworkPolicy network, params string[] addresses) =>
        new(network, Upstream.Polling(), TimeProvider.System, Upstream.NoWaiting, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
}
