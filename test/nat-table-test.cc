/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/nat-binding.h"
#include "ns3/nat-packet.h"
#include "ns3/nat-profile.h"
#include "ns3/nat-table.h"
#include "ns3/test.h"

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief NatTable and NatProfile: bindings, filter, ports and timeouts, without packets.
 *
 * Behaviours:
 *  1. a mapping depends on as much of the other end as it says (RFC 4787 section 4.1), and so does
 *     the filter (section 5), in all nine combinations
 *  2. UDP: a packet exactly at the timeout is in time, one a nanosecond later is not, with each
 *     profile; with Linux a flow is a stream from the first packet on that follows an answer and
 *     comes more than 2 s after its first one
 *  3. what prolongs: packets from inside, those from outside if the profile says so, and never one
 *     that was dropped, or an ICMP error
 *  4. each flow of a binding has a timeout of its own; the binding lasts as long as the last one
 *  5. ports are kept, with their parity, among the well-known ones or the others; all in use is
 *     told; ports set aside are left alone; Linux lets flows to different ends share a port
 *  6. ICMP goes by identifier, other protocols by address
 *  7. TCP: state by state; a refused connection is gone at once; mid-stream; from outside
 *  8. a firewall translates nothing, and refuses the same
 *  9. what has ended is told once, in order, with its exact instant and why
 * 10. the next deadline is never later than the next end
 * 11. ICMP errors find the end inside or outside
 * 12. 50,000 random packets get the verdicts of a naive list of flows, in all combinations
 * 13. 100,000 bindings are made, prolonged and expire
 * 14. the profiles say what their sources say
 */

namespace ns3
{
namespace keepalive
{
namespace
{

using Fate = NatTable::Fate;

constexpr int64_t SECOND = 1000000000;           //!< in nanoseconds
constexpr uint32_t OUTSIDE = 0xC6336401;         //!< address outside: 198.51.100.1
constexpr NatEndpoint HOST{0x0A000002, 4500};    //!< an end inside
constexpr NatEndpoint OTHER{0x0A000003, 4500};   //!< another one, with the same port
constexpr NatEndpoint SERVER{0xCB007105, 500};   //!< an end outside
constexpr NatEndpoint SAME{0xCB007105, 501};     //!< the same host, another port
constexpr NatEndpoint STRANGER{0xCB007106, 500}; //!< another host, the same port

/**
 * @brief Make a packet.
 * @param source where it comes from
 * @param destination where it goes to
 * @param protocol IP protocol number
 * @return the packet; of ICMP a query
 */
NatPacket
Make(const NatEndpoint& source, const NatEndpoint& destination, uint8_t protocol = NatPacket::UDP)
{
    NatPacket packet;
    packet.protocol = protocol;
    packet.source = source;
    packet.destination = destination;
    return packet;
}

/**
 * @brief Make a TCP segment.
 * @param source where it comes from
 * @param destination where it goes to
 * @param flags letters of S, A, F and R
 * @return the segment
 */
NatPacket
MakeTcp(const NatEndpoint& source, const NatEndpoint& destination, const std::string& flags)
{
    NatPacket packet = Make(source, destination, NatPacket::TCP);
    packet.segment.syn = flags.find('S') != std::string::npos;
    packet.segment.ack = flags.find('A') != std::string::npos;
    packet.segment.fin = flags.find('F') != std::string::npos;
    packet.segment.rst = flags.find('R') != std::string::npos;
    return packet;
}

/**
 * @brief Make an answer to an ICMP query.
 * @param source where it comes from
 * @param destination where it goes to
 * @return the answer
 */
NatPacket
MakeReply(const NatEndpoint& source, const NatEndpoint& destination)
{
    NatPacket packet = Make(source, destination, NatPacket::ICMP);
    packet.request = false;
    return packet;
}

/**
 * @brief A profile with other behaviour.
 * @param name the profile
 * @param mapping its mapping
 * @param filtering its filter
 * @param refresh what prolongs
 * @return the profile
 */
NatProfile
MakeProfile(const std::string& name,
            NatProfile::Behavior mapping,
            NatProfile::Behavior filtering,
            NatProfile::Refresh refresh)
{
    NatProfile profile = *NatProfile::Find(name);
    profile.mapping = mapping;
    profile.filtering = filtering;
    profile.refresh = refresh;
    return profile;
}

/// A table with an address outside.
class TestTable : public NatTable
{
  public:
    /**
     * @brief Create a table.
     * @param profile how it behaves
     * @param firewall whether it translates nothing
     */
    explicit TestTable(const NatProfile& profile, bool firewall = false)
        : NatTable(profile, firewall)
    {
        SetExternalAddress(OUTSIDE);
    }

    /**
     * @brief A packet from inside that must pass.
     * @param packet the packet
     * @param now the time
     * @return what its source is called outside; port 0 if it did not pass
     */
    NatEndpoint Out(const NatPacket& packet, int64_t now)
    {
        const Verdict verdict = Outbound(packet, now);
        return verdict.fate == Fate::PASS ? verdict.source : NatEndpoint{};
    }

    /**
     * @brief A packet from outside.
     * @param packet the packet
     * @param now the time
     * @return what becomes of it
     */
    Fate In(const NatPacket& packet, int64_t now)
    {
        return Inbound(packet, now).fate;
    }
};

/// Behaviour 1.
class BehaviorTestCase : public TestCase
{
  public:
    BehaviorTestCase()
        : TestCase("Mapping and filtering depend on what they say")
    {
    }

  private:
    void DoRun() override
    {
        for (int mapping = 0; mapping < 3; mapping++)
        {
            for (int filtering = 0; filtering < 3; filtering++)
            {
                TestTable table(MakeProfile("rfc",
                                            static_cast<NatProfile::Behavior>(mapping),
                                            static_cast<NatProfile::Behavior>(filtering),
                                            NatProfile::OUTBOUND));
                const NatEndpoint first = table.Out(Make(HOST, SERVER), 0);
                NS_TEST_EXPECT_MSG_EQ(first.address, OUTSIDE, "address");
                NS_TEST_EXPECT_MSG_EQ((table.Out(Make(HOST, SERVER), 1) == first), true, "again");
                // Before anything else was sent, the filter is all that decides.
                NS_TEST_EXPECT_MSG_EQ((table.In(Make(SERVER, first), 2) == Fate::PASS),
                                      true,
                                      "answer");
                NS_TEST_EXPECT_MSG_EQ((table.In(Make(SAME, first), 2) == Fate::PASS),
                                      (filtering <= 1),
                                      "other port, " << mapping << filtering);
                NS_TEST_EXPECT_MSG_EQ((table.In(Make(STRANGER, first), 2) == Fate::PASS),
                                      (filtering == 0),
                                      "other host, " << mapping << filtering);
                NS_TEST_EXPECT_MSG_EQ(
                    (table.In(Make(STRANGER, {OUTSIDE, 9}), 2) == Fate::NO_BINDING),
                    true,
                    "no binding");
                const NatTable::Verdict answer = table.Inbound(Make(SERVER, first), 2);
                NS_TEST_EXPECT_MSG_EQ((answer.destination == HOST && answer.source == SERVER),
                                      true,
                                      "where it goes to");

                const NatEndpoint second = table.Out(Make(HOST, SAME), 3);
                NS_TEST_EXPECT_MSG_EQ((second == first), (mapping <= 1), "other port");
                const NatEndpoint third = table.Out(Make(HOST, STRANGER), 4);
                NS_TEST_EXPECT_MSG_EQ((third == first), (mapping == 0), "other host");
                const int bindings[] = {1, 2, 3};
                NS_TEST_EXPECT_MSG_EQ(table.GetNBindings(), bindings[mapping], "bindings");
                NS_TEST_EXPECT_MSG_EQ(table.GetNFlows(), 3, "flows");
                // What was sent to may answer.
                NS_TEST_EXPECT_MSG_EQ((table.In(Make(STRANGER, third), 5) == Fate::PASS),
                                      true,
                                      "answer of the other");
                NS_TEST_EXPECT_MSG_EQ((table.Out(Make(OTHER, SERVER), 6) == first), false, "host");
            }
        }
    }
};

/// Behaviours 2 and 3.
class UdpTimeoutTestCase : public TestCase
{
  public:
    UdpTimeoutTestCase()
        : TestCase("UDP: the timeout, to the nanosecond, and what prolongs it")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string profile; //!< the profile
            std::string script;  //!< o or i for a packet from inside or outside, and when, in ms
            int64_t end;         //!< last instant of the flow, in ms
        };

        for (const Row& row : std::vector<Row>{
                 {"rfc", "o0", 300000},
                 {"rfc", "o0 i100000 i200000", 300000}, // outbound refresh only
                 {"rfc", "o0 o299999 i300000", 599999},
                 {"home-gateway", "o0", 30000},
                 {"home-gateway", "o0 i1000", 31000},
                 {"home-gateway", "o0 i30000 i60000 o90000", 120000}, // each in the last instant
                 {"linux-conntrack", "o0", 30000},
                 {"linux-conntrack", "o0 o20000 o40000", 70000}, // no answer: no stream
                 {"linux-conntrack", "o0 i100", 30100},
                 {"linux-conntrack", "o0 i100 o1000", 31000}, // too young
                 {"linux-conntrack", "o0 i100 o2000", 32000}, // not yet more than 2 s
                 {"linux-conntrack", "o0 i100 o2001", 122001},
                 {"linux-conntrack", "o0 i100 i2001", 122001},
                 {"linux-conntrack", "o0 i29000", 59000}, // the answer itself does not count
                 {"linux-conntrack", "o0 i29000 i29001", 149001},
                 {"linux-conntrack", "o0 i29000 o29001 o149001 i269001", 389001},
             })
        {
            TestTable table(*NatProfile::Find(row.profile));
            NatEndpoint external{OUTSIDE, HOST.port};
            std::size_t at = 0;
            while (at < row.script.size())
            {
                std::size_t used = 0;
                const int64_t when = std::stoll(row.script.substr(at + 1), &used) * 1000000;
                const bool out = row.script[at] == 'o';
                const NatTable::Verdict verdict = out ? table.Outbound(Make(HOST, SERVER), when)
                                                      : table.Inbound(Make(SERVER, external), when);
                NS_TEST_EXPECT_MSG_EQ((verdict.fate == Fate::PASS), true, row.script);
                NS_TEST_EXPECT_MSG_EQ(bool(verdict.created),
                                      (at == 0),
                                      "one binding " << row.script);
                at += used + 2;
            }
            const int64_t end = row.end * 1000000;
            NS_TEST_EXPECT_MSG_EQ(table.GetDeadline(Make(HOST, SERVER)).value_or(-1),
                                  end,
                                  row.profile << ": " << row.script);
            // The tie: what prolongs nothing shows whether the flow is there.
            const auto there = [&table, external](int64_t now) {
                return bool(table.FindInternal(Make(external, SERVER), now));
            };
            NS_TEST_EXPECT_MSG_EQ(there(end), true, "in the last instant");
            NS_TEST_EXPECT_MSG_EQ(there(end + 1), false, "behind it");
            NS_TEST_EXPECT_MSG_EQ((table.In(Make(SERVER, external), end + 1) == Fate::NO_BINDING),
                                  true,
                                  "a packet behind it");
        }

        // A packet exactly at the timeout prolongs, for ever.
        TestTable table(*NatProfile::Find("home-gateway"));
        for (int i = 0; i < 100; i++)
        {
            const NatTable::Verdict verdict = table.Outbound(Make(HOST, SERVER), i * 30 * SECOND);
            NS_TEST_EXPECT_MSG_EQ(bool(verdict.created), (i == 0), "tie " << i);
        }

        // What the filter drops prolongs nothing.
        TestTable filtered(*NatProfile::Find("home-gateway"));
        (void)filtered.Outbound(Make(HOST, SERVER), 0);
        NS_TEST_EXPECT_MSG_EQ(
            (filtered.In(Make(STRANGER, {OUTSIDE, HOST.port}), 20 * SECOND) == Fate::FILTERED),
            true,
            "filtered");
        NS_TEST_EXPECT_MSG_EQ(
            (filtered.In(Make(SERVER, {OUTSIDE, HOST.port}), 31 * SECOND) == Fate::NO_BINDING),
            true,
            "and not prolonged");

        // Nor does what it lets pass, if only packets from inside prolong.
        TestTable open(*NatProfile::Find("rfc"));
        (void)open.Outbound(Make(HOST, SERVER), 0);
        for (const int64_t now : {100, 200, 300})
        {
            NS_TEST_EXPECT_MSG_EQ(
                (open.In(Make(STRANGER, {OUTSIDE, HOST.port}), now * SECOND) == Fate::PASS),
                true,
                "endpoint-independent filter");
        }
        NS_TEST_EXPECT_MSG_EQ(
            (open.In(Make(STRANGER, {OUTSIDE, HOST.port}), 301 * SECOND) == Fate::NO_BINDING),
            true,
            "and gone");
    }
};

/// Behaviours 4, 9 and 10.
class ExpiryTestCase : public TestCase
{
  public:
    ExpiryTestCase()
        : TestCase("Flows expire one by one, and what has ended is told")
    {
    }

  private:
    void DoRun() override
    {
        TestTable table(MakeProfile("home-gateway",
                                    NatProfile::ENDPOINT_INDEPENDENT,
                                    NatProfile::ADDRESS_DEPENDENT,
                                    NatProfile::BOTH));
        NS_TEST_EXPECT_MSG_EQ(table.GetNextDeadline().has_value(), false, "empty");
        const NatEndpoint external = table.Out(Make(HOST, SERVER), 0);
        (void)table.Outbound(Make(HOST, SAME), 5 * SECOND);
        (void)table.Outbound(Make(HOST, STRANGER), 10 * SECOND);
        (void)table.Outbound(Make(OTHER, STRANGER), 11 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(*table.GetNextDeadline(), 30 * SECOND, "the first flow");
        // The filter forgets an address with the last flow to it.
        NS_TEST_EXPECT_MSG_EQ(
            (table.In(Make({SERVER.address, 7}, external), 35 * SECOND) == Fate::PASS),
            true,
            "address known");
        (void)table.Outbound(Make(HOST, STRANGER), 36 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(table.GetNFlows(), 3, "with its own");
        NS_TEST_EXPECT_MSG_EQ(
            (table.In(Make({SERVER.address, 8}, external), 36 * SECOND) == Fate::FILTERED),
            true,
            "address forgotten: who sent in does not count");
        NS_TEST_EXPECT_MSG_EQ(
            (table.In(Make({SERVER.address, 7}, external), 36 * SECOND) == Fate::PASS),
            true,
            "but its flow goes on");
        NS_TEST_EXPECT_MSG_EQ(table.TakeEnded().size(), 0, "nothing has ended");

        // 11 + 30 s and 36 + 30 s, whenever somebody looks.
        for (int64_t now = 37 * SECOND; now < 100 * SECOND; now += SECOND)
        {
            const auto deadline = table.GetNextDeadline();
            NS_TEST_EXPECT_MSG_EQ((!deadline || *deadline >= now - SECOND), true, "old deadline");
            table.Expire(now);
        }
        const std::vector<NatBinding> ended = table.TakeEnded();
        NS_TEST_ASSERT_MSG_EQ(ended.size(), 2, "both have ended");
        NS_TEST_EXPECT_MSG_EQ((ended[0].internal == OTHER), true, "who first");
        NS_TEST_EXPECT_MSG_EQ(ended[0].created, 11 * SECOND, "begin");
        NS_TEST_EXPECT_MSG_EQ(ended[0].ended, 41 * SECOND, "end");
        NS_TEST_EXPECT_MSG_EQ(ended[1].ended, 66 * SECOND, "end of the last flow");
        NS_TEST_EXPECT_MSG_EQ((ended[1].internal == HOST && ended[1].external == external &&
                               ended[1].remote == SERVER),
                              true,
                              "who second");
        NS_TEST_EXPECT_MSG_EQ(ToString(ended[0].end), std::string("expired"), "why");
        NS_TEST_EXPECT_MSG_EQ(table.TakeEnded().size(), 0, "told once");
        NS_TEST_EXPECT_MSG_EQ(table.GetNextDeadline().has_value(), false, "empty again");
        NS_TEST_EXPECT_MSG_EQ(table.GetNBindings() + table.GetNFlows(), 0, "nothing left");

        // A flush ends all at once, but not what had expired before; places are used again.
        (void)table.Outbound(Make(HOST, SERVER), 100 * SECOND);
        (void)table.Outbound(Make(OTHER, SERVER), 120 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(table.GetBindings().size(), 2, "list");
        table.Flush(131 * SECOND);
        const std::vector<NatBinding> lost = table.TakeEnded();
        NS_TEST_ASSERT_MSG_EQ(lost.size(), 2, "both");
        NS_TEST_EXPECT_MSG_EQ(lost[0].ended, 130 * SECOND, "expired");
        NS_TEST_EXPECT_MSG_EQ(lost[1].ended, 131 * SECOND, "flushed");
        NS_TEST_EXPECT_MSG_EQ(ToString(lost[1].end), std::string("flushed"), "why");
        NS_TEST_EXPECT_MSG_EQ(table.GetBindings().size(), 0, "no list");
        (void)table.Outbound(Make(HOST, SERVER), 132 * SECOND);
        table.Expire(162 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(table.GetNFlows(), 1, "nothing of the old flow is left in the queue");
        table.Expire(162 * SECOND + 1);
        NS_TEST_EXPECT_MSG_EQ(table.GetNFlows(), 0, "gone");
    }
};

/// Behaviour 5.
class PortTestCase : public TestCase
{
  public:
    PortTestCase()
        : TestCase("Ports")
    {
    }

  private:
    void DoRun() override
    {
        NatProfile profile = *NatProfile::Find("rfc");
        TestTable table(profile);
        NS_TEST_EXPECT_MSG_EQ(table.Out(Make(HOST, SERVER), 0).port, 4500, "kept");
        const uint16_t even = table.Out(Make(OTHER, SERVER), 0).port;
        NS_TEST_EXPECT_MSG_EQ((even % 2 == 0 && even >= 1024 && even != 4500), true, "even port");
        (void)table.Outbound(Make({HOST.address, 501}, SERVER), 0);
        const uint16_t odd = table.Out(Make({OTHER.address, 501}, SERVER), 0).port;
        NS_TEST_EXPECT_MSG_EQ((odd % 2 == 1 && odd < 1024 && odd != 501), true, "odd, well-known");
        NS_TEST_EXPECT_MSG_EQ(table.Out(Make(OTHER, SERVER, NatPacket::TCP), 0).port,
                              0,
                              "not a SYN");
        NS_TEST_EXPECT_MSG_EQ(table.Out(MakeTcp(OTHER, SERVER, "S"), 0).port,
                              4500,
                              "TCP's are others");

        // Four ports; the fifth binding gets none, until one has expired.
        profile.firstPort = 2000;
        profile.lastPort = 2003;
        TestTable small(profile);
        std::map<uint16_t, int> seen;
        for (uint16_t i = 0; i < 4; i++)
        {
            seen[small
                     .Out(Make({HOST.address, static_cast<uint16_t>(3000 + 2 * i)}, SERVER),
                          i * SECOND)
                     .port]++;
        }
        NS_TEST_EXPECT_MSG_EQ(seen.size(), 4, "all ports, whatever their parity");
        NS_TEST_EXPECT_MSG_EQ((seen.begin()->first == 2000 && seen.rbegin()->first == 2003),
                              true,
                              "of the range");
        const auto fifth = Make({HOST.address, 80}, SERVER);
        NS_TEST_EXPECT_MSG_EQ((small.Outbound(fifth, 300 * SECOND).fate == Fate::NO_PORT),
                              true,
                              "all in use");
        NS_TEST_EXPECT_MSG_EQ(small.GetNFlows(), 4, "nothing made");
        NS_TEST_EXPECT_MSG_EQ(small.Out(fifth, 300 * SECOND + 1).port, 2000, "free again");

        // Set aside: not even for its own port.
        profile.lastPort = 2001;
        TestTable reserved(profile);
        reserved.Reserve(NatPacket::UDP, 2000);
        NS_TEST_EXPECT_MSG_EQ(reserved.IsReserved(NatPacket::UDP, 2000), true, "set aside");
        NS_TEST_EXPECT_MSG_EQ(reserved.IsReserved(NatPacket::TCP, 2000), false, "of UDP only");
        NS_TEST_EXPECT_MSG_EQ(reserved.Out(Make({HOST.address, 2000}, SERVER), 0).port,
                              2001,
                              "the other one");

        // Without preservation the first one that is free.
        profile.preservePorts = false;
        profile.preserveParity = false;
        profile.lastPort = 2010;
        TestTable any(profile);
        NS_TEST_EXPECT_MSG_EQ(any.Out(Make({HOST.address, 2005}, SERVER), 0).port, 2000, "first");
        NS_TEST_EXPECT_MSG_EQ(any.Out(Make({HOST.address, 2006}, SERVER), 0).port, 2001, "second");

        // Linux: the port is kept unless the very same other end knows it already.
        TestTable shared(*NatProfile::Find("linux-conntrack"));
        NS_TEST_EXPECT_MSG_EQ(shared.Out(Make(HOST, SERVER), 0).port, 4500, "one");
        NS_TEST_EXPECT_MSG_EQ(shared.Out(Make(OTHER, SAME), 0).port, 4500, "shared");
        const NatEndpoint third = shared.Out(Make(OTHER, SERVER), 0);
        NS_TEST_EXPECT_MSG_EQ((third.port != 0 && third.port != 4500), true, "would be the same");
        NS_TEST_EXPECT_MSG_EQ(
            (shared.Inbound(Make(SERVER, {OUTSIDE, 4500}), 1).destination == HOST),
            true,
            "to the one");
        NS_TEST_EXPECT_MSG_EQ((shared.Inbound(Make(SAME, {OUTSIDE, 4500}), 1).destination == OTHER),
                              true,
                              "to the other");
        NS_TEST_EXPECT_MSG_EQ((shared.Inbound(Make(SERVER, third), 1).destination == OTHER),
                              true,
                              "by its own port");
    }
};

/// Behaviours 6 and 11.
class IcmpTestCase : public TestCase
{
  public:
    IcmpTestCase()
        : TestCase("ICMP queries and errors, and other protocols")
    {
    }

  private:
    void DoRun() override
    {
        const NatEndpoint target{SERVER.address, 0};
        for (const std::string& name : NatProfile::GetNames())
        {
            TestTable table(*NatProfile::Find(name));
            const int64_t timeout = NatProfile::Find(name)->icmpTimeout;
            const NatEndpoint one = table.Out(Make({HOST.address, 7}, target, NatPacket::ICMP), 0);
            const NatEndpoint two = table.Out(Make({OTHER.address, 7}, target, NatPacket::ICMP), 0);
            NS_TEST_EXPECT_MSG_EQ(one.port, 7, "identifier kept");
            NS_TEST_EXPECT_MSG_EQ((two.port != 7 && two.port != 0), true, "another one");
            NS_TEST_EXPECT_MSG_EQ((table.Inbound(MakeReply(target, two), 1).destination ==
                                   NatEndpoint{OTHER.address, 7}),
                                  true,
                                  "its answer");
            NS_TEST_EXPECT_MSG_EQ(
                (table.In(Make(target, one, NatPacket::ICMP), 1) == Fate::NO_BINDING),
                true,
                "a query is no answer");
            NS_TEST_EXPECT_MSG_EQ(
                (table.Outbound(MakeReply(HOST, target), 1).fate == Fate::NO_BINDING),
                true,
                "an answer from inside is no query");
            NS_TEST_EXPECT_MSG_EQ((table.In(MakeReply(target, one), timeout) == Fate::PASS),
                                  true,
                                  "in time");
            const bool both = NatProfile::Find(name)->refresh == NatProfile::BOTH;
            NS_TEST_EXPECT_MSG_EQ((table.In(MakeReply(target, one), timeout + 1) == Fate::PASS),
                                  both,
                                  "too late, unless prolonged");

            // Without ports there is one per other end, whatever the mapping.
            const NatEndpoint host{HOST.address, 0};
            const NatEndpoint other{OTHER.address, 0};
            const NatEndpoint stranger{STRANGER.address, 0};
            const int64_t now = 1000 * SECOND;
            const NatEndpoint name47{OUTSIDE, 0};
            NS_TEST_EXPECT_MSG_EQ((table.Out(Make(host, target, 47), now) == name47), true, "47");
            NS_TEST_EXPECT_MSG_EQ(
                (table.Outbound(Make(other, target, 47), now).fate == Fate::NO_PORT),
                true,
                "the same other end");
            NS_TEST_EXPECT_MSG_EQ((table.Out(Make(other, stranger, 47), now) == name47),
                                  true,
                                  "another one");
            NS_TEST_EXPECT_MSG_EQ(
                (table.Inbound(Make(target, name47, 47), now).destination == host),
                true,
                "its answer");
            const int64_t generic = NatProfile::Find(name)->genericTimeout;
            NS_TEST_EXPECT_MSG_EQ(*table.GetDeadline(Make(host, target, 47)),
                                  now + generic,
                                  "timeout");
        }

        // Errors.
        TestTable table(MakeProfile("home-gateway",
                                    NatProfile::ENDPOINT_INDEPENDENT,
                                    NatProfile::ADDRESS_DEPENDENT,
                                    NatProfile::BOTH));
        const NatEndpoint external = table.Out(Make(HOST, SERVER), 0);
        const auto inside = table.FindInternal(Make(external, SERVER), 20 * SECOND);
        NS_TEST_EXPECT_MSG_EQ((inside && *inside == HOST), true, "inside");
        NS_TEST_EXPECT_MSG_EQ(table.FindInternal(Make(external, STRANGER), 0).has_value(),
                              false,
                              "nothing was sent there");
        NS_TEST_EXPECT_MSG_EQ(table.FindInternal(Make({OUTSIDE, 9}, SERVER), 0).has_value(),
                              false,
                              "nor from there");
        const auto outside = table.FindExternal(Make(SERVER, HOST), 20 * SECOND);
        NS_TEST_EXPECT_MSG_EQ((outside && *outside == external), true, "outside");
        NS_TEST_EXPECT_MSG_EQ(table.FindExternal(Make(SAME, HOST), 20 * SECOND).has_value(),
                              true,
                              "may have passed");
        NS_TEST_EXPECT_MSG_EQ(table.FindExternal(Make(STRANGER, HOST), 0).has_value(),
                              false,
                              "cannot have passed");
        NS_TEST_EXPECT_MSG_EQ(table.FindExternal(Make(SERVER, OTHER), 0).has_value(),
                              false,
                              "no binding");
        NS_TEST_EXPECT_MSG_EQ(*table.GetDeadline(Make(HOST, SERVER)), 30 * SECOND, "as before");
        NS_TEST_EXPECT_MSG_EQ(table.FindExternal(Make(SERVER, HOST), 31 * SECOND).has_value(),
                              false,
                              "expired");
    }
};

/// Behaviour 7.
class TcpTestCase : public TestCase
{
  public:
    TcpTestCase()
        : TestCase("TCP through the table")
    {
    }

  private:
    void DoRun() override
    {
        using State = NatTcpState::State;
        const NatEndpoint external{OUTSIDE, HOST.port};
        const NatPacket syn = MakeTcp(HOST, SERVER, "S");
        TestTable linuxTable(*NatProfile::Find("linux-conntrack"));
        const auto deadline = [&](int64_t expected, State state, const std::string& what) {
            NS_TEST_EXPECT_MSG_EQ(linuxTable.GetDeadline(syn).value_or(-1),
                                  expected * SECOND,
                                  what);
            NS_TEST_EXPECT_MSG_EQ((linuxTable.GetTcpState(syn) == state), true, what);
        };
        (void)linuxTable.Outbound(syn, 0);
        deadline(120, State::SYN_SENT, "SYN");
        (void)linuxTable.Inbound(MakeTcp(SERVER, external, "SA"), SECOND);
        deadline(61, State::SYN_RECEIVED, "SYN, ACK");
        (void)linuxTable.Outbound(MakeTcp(HOST, SERVER, "A"), 2 * SECOND);
        deadline(432002, State::ESTABLISHED, "ACK");
        const auto again = linuxTable.Outbound(syn, 100 * SECOND);
        NS_TEST_EXPECT_MSG_EQ((again.fate == Fate::PASS), true, "ignored");
        deadline(432002, State::ESTABLISHED, "an ignored SYN prolongs nothing");
        NS_TEST_EXPECT_MSG_EQ(
            (linuxTable.Outbound(MakeTcp(HOST, SERVER, "SA"), 100 * SECOND).fate ==
             Fate::BAD_STATE),
            true,
            "invalid");
        (void)linuxTable.Inbound(MakeTcp(SERVER, external, "A"), 432002 * SECOND);
        deadline(864002, State::ESTABLISHED, "prolonged from outside, in the last instant");
        (void)linuxTable.Inbound(MakeTcp(SERVER, external, "FA"), 432003 * SECOND);
        deadline(432123, State::FIN_WAIT, "FIN: sooner than the queue knew");
        linuxTable.Expire(432123 * SECOND + 1);
        NS_TEST_EXPECT_MSG_EQ(linuxTable.GetNFlows(), 0, "expired");
        NS_TEST_EXPECT_MSG_EQ(linuxTable.TakeEnded().at(0).ended, 432123 * SECOND, "when");

        // The binding is lost: from inside a new one in mid-stream, if that is allowed.
        const NatPacket data = MakeTcp(HOST, SERVER, "A");
        NS_TEST_EXPECT_MSG_EQ(
            (linuxTable.In(MakeTcp(SERVER, external, "A"), 432124 * SECOND) == Fate::NO_BINDING),
            true,
            "from outside");
        NS_TEST_EXPECT_MSG_EQ((linuxTable.Outbound(data, 432124 * SECOND).created.has_value()),
                              true,
                              "loose");
        TestTable rfc(*NatProfile::Find("rfc"));
        NS_TEST_EXPECT_MSG_EQ((rfc.Outbound(data, 0).fate == Fate::NO_BINDING), true, "strict");
        NS_TEST_EXPECT_MSG_EQ(rfc.GetNBindings(), 0, "nothing made");

        // A refused connection is gone at once.
        TestTable refused(*NatProfile::Find("rfc"));
        (void)refused.Outbound(syn, 0);
        NS_TEST_EXPECT_MSG_EQ((refused.In(MakeTcp(SERVER, external, "RA"), 1) == Fate::PASS),
                              true,
                              "told");
        NS_TEST_EXPECT_MSG_EQ(refused.GetNBindings(), 0, "and gone");
        NS_TEST_EXPECT_MSG_EQ(ToString(refused.TakeEnded().at(0).end), std::string("reset"), "why");

        refused.Expire(1000 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(refused.TakeEnded().size(), 0, "its entry in the queue is nothing");

        // Outbound refresh: segments from outside prolong nothing, but a state that they begin
        // has its full time.
        (void)rfc.Outbound(syn, 0);
        (void)rfc.Inbound(MakeTcp(SERVER, external, "SA"), SECOND);
        (void)rfc.Outbound(data, 2 * SECOND);
        (void)rfc.Inbound(MakeTcp(SERVER, external, "A"), 7000 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(*rfc.GetDeadline(syn), 7442 * SECOND, "not prolonged");
        (void)rfc.Inbound(MakeTcp(SERVER, external, "FA"), 7442 * SECOND);
        NS_TEST_EXPECT_MSG_EQ(*rfc.GetDeadline(syn), 7682 * SECOND, "FIN in the last instant");

        // From outside, through an endpoint-independent filter, while the binding lasts.
        TestTable open(*NatProfile::Find("rfc"));
        (void)open.Outbound(syn, 0);
        NS_TEST_EXPECT_MSG_EQ((open.In(MakeTcp(STRANGER, external, "A"), 1) == Fate::BAD_STATE),
                              true,
                              "mid-stream from outside");
        NS_TEST_EXPECT_MSG_EQ((open.In(MakeTcp(STRANGER, external, "S"), 1) == Fate::PASS),
                              true,
                              "SYN from outside");
        NS_TEST_EXPECT_MSG_EQ((open.GetTcpState(MakeTcp(HOST, STRANGER, "A")) == State::SYN_SENT),
                              true,
                              "its state");
        NS_TEST_EXPECT_MSG_EQ((open.Outbound(MakeTcp(HOST, STRANGER, "SA"), 2).fate == Fate::PASS),
                              true,
                              "its answer");

        // Keepalives every 2 h: 7440 s leave room for four of Linux's probes, 7200 to 7425 s
        // behind the last answer, and each of them prolongs, whether or not it is answered.
        TestTable idle(*NatProfile::Find("rfc"));
        (void)idle.Outbound(syn, 0);
        (void)idle.Inbound(MakeTcp(SERVER, external, "SA"), 0);
        (void)idle.Outbound(data, 0);
        NS_TEST_EXPECT_MSG_EQ((idle.Outbound(data, 7425 * SECOND).fate == Fate::PASS),
                              true,
                              "the first three were lost before the box");
        NS_TEST_EXPECT_MSG_EQ(*idle.GetDeadline(syn), (7425 + 7440) * SECOND, "prolonged");
        NS_TEST_EXPECT_MSG_EQ(
            (idle.Outbound(data, (7425 + 7440) * SECOND + 1).fate == Fate::NO_BINDING),
            true,
            "too late, and for ever");
        // A home gateway forgets it an hour before the first probe.
        TestTable home(*NatProfile::Find("home-gateway"));
        (void)home.Outbound(syn, 0);
        (void)home.Inbound(MakeTcp(SERVER, external, "SA"), 0);
        (void)home.Outbound(data, 0);
        NS_TEST_EXPECT_MSG_EQ((home.Outbound(data, 7200 * SECOND).fate == Fate::NO_BINDING),
                              true,
                              "probe of a connection that is forgotten");
    }
};

/// Behaviour 8.
class FirewallTestCase : public TestCase
{
  public:
    FirewallTestCase()
        : TestCase("A firewall translates nothing, and refuses the same")
    {
    }

  private:
    void DoRun() override
    {
        for (int behavior = 0; behavior < 3; behavior++)
        {
            const auto kind = static_cast<NatProfile::Behavior>(behavior);
            TestTable table(MakeProfile("home-gateway", kind, kind, NatProfile::BOTH), true);
            for (const NatEndpoint& host : {HOST, OTHER})
            {
                for (const NatEndpoint& remote : {SERVER, SAME, STRANGER})
                {
                    const NatTable::Verdict verdict = table.Outbound(Make(host, remote), 0);
                    NS_TEST_EXPECT_MSG_EQ((verdict.source == host && verdict.destination == remote),
                                          true,
                                          "as it was");
                    const NatTable::Verdict answer = table.Inbound(Make(remote, host), 0);
                    NS_TEST_EXPECT_MSG_EQ((answer.fate == Fate::PASS && answer.source == remote &&
                                           answer.destination == host),
                                          true,
                                          "as it was, back");
                }
            }
            const std::size_t bindings[] = {2, 4, 6};
            NS_TEST_EXPECT_MSG_EQ(table.GetNBindings(), bindings[behavior], "bindings");
            NS_TEST_EXPECT_MSG_EQ((table.In(Make({1, 1}, HOST), 0) == Fate::PASS),
                                  (behavior == 0),
                                  "unknown sender");
            NS_TEST_EXPECT_MSG_EQ(
                (table.In(Make(SERVER, {HOST.address, 1}), 0) == Fate::NO_BINDING),
                true,
                "unknown port");
            NS_TEST_EXPECT_MSG_EQ(
                (table.In(Make(SERVER, HOST), 30 * SECOND + 1) == Fate::NO_BINDING),
                true,
                "expired");
        }
    }
};

/// Behaviour 12.
class RandomTestCase : public TestCase
{
  public:
    RandomTestCase()
        : TestCase("Random packets, as a naive list of flows has it")
    {
    }

  private:
    /// A flow of the naive list, which has no bindings: flows with the same name share one.
    struct NaiveFlow
    {
        NatEndpoint internal; //!< the end inside
        NatEndpoint external; //!< what it is called
        NatEndpoint remote;   //!< the other end
        NatEndpoint mapped;   //!< the other end that it got its name for
        int64_t refreshed;    //!< last packet that counts
        bool sent;            //!< whether one went out
    };

    void DoRun() override
    {
        for (int i = 0; i < 18; i++)
        {
            Compare(MakeProfile("home-gateway",
                                static_cast<NatProfile::Behavior>(i % 3),
                                static_cast<NatProfile::Behavior>(i / 3 % 3),
                                i < 9 ? NatProfile::OUTBOUND : NatProfile::BOTH));
        }
    }

    /**
     * @brief Whether two other ends are the same as far as it matters.
     * @param behavior what matters
     * @param a one
     * @param b the other
     * @return true if they are
     */
    static bool Matches(NatProfile::Behavior behavior, const NatEndpoint& a, const NatEndpoint& b)
    {
        return behavior == NatProfile::ENDPOINT_INDEPENDENT ||
               (a.address == b.address &&
                (behavior == NatProfile::ADDRESS_DEPENDENT || a.port == b.port));
    }

    /**
     * @brief Compare table and list.
     * @param profile how both behave
     */
    void Compare(const NatProfile& profile)
    {
        TestTable table(profile);
        std::vector<NaiveFlow> flows;
        std::mt19937 random(4711);
        int64_t now = 0;
        for (int step = 0; step < 2800; step++)
        {
            // Steps of whole seconds make ties common.
            now += (random() % 5) * SECOND;
            std::vector<NaiveFlow> alive;
            for (const NaiveFlow& flow : flows)
            {
                if (now - flow.refreshed <= profile.udpTimeout)
                {
                    alive.push_back(flow);
                }
            }
            flows = alive;
            const NatEndpoint host{HOST.address + static_cast<uint32_t>(random() % 3),
                                   static_cast<uint16_t>(4000 + random() % 3)};
            const NatEndpoint remote{SERVER.address + static_cast<uint32_t>(random() % 3),
                                     static_cast<uint16_t>(500 + random() % 2)};
            if (random() % 2 == 0)
            {
                const NatTable::Verdict verdict = table.Outbound(Make(host, remote), now);
                const NaiveFlow* known = nullptr;
                NaiveFlow* same = nullptr;
                bool taken = false;
                for (NaiveFlow& flow : flows)
                {
                    taken = taken || (flow.external == verdict.source && flow.internal != host);
                    if (flow.internal == host && Matches(profile.mapping, flow.mapped, remote))
                    {
                        known = &flow;
                    }
                }
                for (NaiveFlow& flow : flows)
                {
                    if (known && flow.external == known->external && flow.remote == remote)
                    {
                        same = &flow;
                    }
                }
                NS_TEST_ASSERT_MSG_EQ((verdict.fate == Fate::PASS), true, "passes");
                NS_TEST_ASSERT_MSG_EQ(taken, false, "not the name of another");
                NS_TEST_ASSERT_MSG_EQ(verdict.created.has_value(), !known, "new binding");
                if (known)
                {
                    NS_TEST_ASSERT_MSG_EQ((verdict.source == known->external), true, "its name");
                }
                if (same)
                {
                    same->refreshed = now;
                    same->sent = true;
                }
                else
                {
                    const NatEndpoint mapped = known ? known->mapped : remote;
                    flows.push_back({host, verdict.source, remote, mapped, now, true});
                }
                continue;
            }
            const NatEndpoint external{
                OUTSIDE,
                flows.empty() ? uint16_t{1} : flows[random() % flows.size()].external.port};
            const NatTable::Verdict verdict = table.Inbound(Make(remote, external), now);
            const NaiveFlow* known = nullptr;
            NaiveFlow* same = nullptr;
            bool allowed = profile.filtering == NatProfile::ENDPOINT_INDEPENDENT;
            for (NaiveFlow& flow : flows)
            {
                if (flow.external == external)
                {
                    known = &flow;
                    allowed = allowed || (profile.filtering == NatProfile::ADDRESS_DEPENDENT &&
                                          flow.sent && flow.remote.address == remote.address);
                    same = flow.remote == remote ? &flow : same;
                }
            }
            const Fate expected = !known            ? Fate::NO_BINDING
                                  : same || allowed ? Fate::PASS
                                                    : Fate::FILTERED;
            NS_TEST_ASSERT_MSG_EQ((verdict.fate == expected), true, "verdict at " << step);
            if (expected != Fate::PASS)
            {
                continue;
            }
            NS_TEST_ASSERT_MSG_EQ((verdict.destination == known->internal), true, "destination");
            if (profile.refresh == NatProfile::BOTH)
            {
                if (same)
                {
                    same->refreshed = now;
                }
                else
                {
                    flows.push_back({known->internal, external, remote, known->mapped, now, false});
                }
            }
        }
        NS_TEST_EXPECT_MSG_EQ(table.GetNFlows(), flows.size(), "flows");
    }
};

/// Behaviour 13.
class ManyTestCase : public TestCase
{
  public:
    ManyTestCase()
        : TestCase("100,000 bindings")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t COUNT = 100000;
        NatProfile profile = *NatProfile::Find("linux-conntrack");
        TestTable table(profile);
        // Two remote ends: twice 65,535 ports, less what the bindings leave.
        const auto packet = [](uint32_t i) {
            return Make({0x0A000000 + i / 100, static_cast<uint16_t>(2000 + i % 100)},
                        i % 2 == 0 ? SERVER : STRANGER);
        };
        uint32_t passed = 0;
        for (int round = 0; round < 3; round++)
        {
            for (uint32_t i = 0; i < COUNT; i++)
            {
                const int64_t now = round * 20 * SECOND + i * 1000;
                passed += table.Outbound(packet(i), now).fate == Fate::PASS ? 1 : 0;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(passed, 3 * COUNT, "all pass");
        NS_TEST_EXPECT_MSG_EQ(table.GetNBindings(), COUNT, "all there");
        int64_t now = 40 * SECOND;
        uint32_t ended = 0;
        int64_t last = 0;
        while (const auto deadline = table.GetNextDeadline())
        {
            now = *deadline + 1;
            table.Expire(now);
            for (const NatBinding& binding : table.TakeEnded())
            {
                NS_TEST_ASSERT_MSG_EQ((binding.ended >= last), true, "in order");
                last = binding.ended;
                ended++;
            }
        }
        NS_TEST_EXPECT_MSG_EQ(ended, COUNT, "all gone");
        NS_TEST_EXPECT_MSG_EQ(last, 70 * SECOND + (COUNT - 1) * 1000, "the last one");
    }
};

/// Behaviour 14.
class ProfileTestCase : public TestCase
{
  public:
    ProfileTestCase()
        : TestCase("Profiles")
    {
    }

  private:
    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ((NatProfile::GetNames() ==
                               std::vector<std::string>{"rfc", "linux-conntrack", "home-gateway"}),
                              true,
                              "names");
        NS_TEST_EXPECT_MSG_EQ((NatProfile::Find("nobody") == nullptr), true, "none");
        for (const std::string& name : NatProfile::GetNames())
        {
            const NatProfile* profile = NatProfile::Find(name);
            NS_TEST_ASSERT_MSG_EQ((profile != nullptr), true, name);
            NS_TEST_EXPECT_MSG_EQ(profile->name, name, "its own name");
            NS_TEST_EXPECT_MSG_EQ((profile->unknown == NatProfile::SILENT_DROP), true, name);
        }
        const NatProfile& rfc = *NatProfile::Find("rfc");
        NS_TEST_EXPECT_MSG_EQ((rfc.mapping == NatProfile::ENDPOINT_INDEPENDENT), true, "REQ-1");
        NS_TEST_EXPECT_MSG_EQ(rfc.overloadPorts, false, "REQ-3");
        NS_TEST_EXPECT_MSG_EQ(rfc.udpTimeout, 300 * SECOND, "REQ-5");
        NS_TEST_EXPECT_MSG_EQ((rfc.refresh == NatProfile::OUTBOUND), true, "REQ-6");
        NS_TEST_EXPECT_MSG_EQ((rfc.filtering == NatProfile::ENDPOINT_INDEPENDENT), true, "REQ-8");
        NS_TEST_EXPECT_MSG_EQ(rfc.hairpinning, true, "REQ-9");
        NS_TEST_EXPECT_MSG_EQ(rfc.tcp.established, 7440 * SECOND, "RFC 5382 REQ-5");
        NS_TEST_EXPECT_MSG_EQ(rfc.icmpTimeout, 60 * SECOND, "RFC 5508 REQ-2");
    }
};

/// Decisions of NatTable.
class NatTableTestSuite : public TestSuite
{
  public:
    NatTableTestSuite()
        : TestSuite("keepalive-nat-table")
    {
        AddTestCase(new BehaviorTestCase);
        AddTestCase(new UdpTimeoutTestCase);
        AddTestCase(new ExpiryTestCase);
        AddTestCase(new PortTestCase);
        AddTestCase(new IcmpTestCase);
        AddTestCase(new TcpTestCase);
        AddTestCase(new FirewallTestCase);
        AddTestCase(new RandomTestCase);
        AddTestCase(new ManyTestCase);
        AddTestCase(new ProfileTestCase);
    }
};

NatTableTestSuite g_natTableTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
