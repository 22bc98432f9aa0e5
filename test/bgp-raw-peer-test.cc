/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief A BGP speaker and a neighbour that does what no BGP speaker should.
 *
 * Profile frr with hold time 90 s unless said. What is wrong is said in a NOTIFICATION, on the wire
 * and in the trace source alike, and the session ends; afterwards a neighbour that behaves is
 * welcome.
 *
 * 1. Bytes that are no message, in OpenSent, OpenConfirm and Established: 1/1, 1/2 and 1/3.
 * 2. Messages that the state does not allow: 5/1, 5/2 and 5/3, with the type.
 * 3. OPENs and UPDATEs that are wrong inside: 2/x and 3/x.
 * 4. FIN in the middle of a message, and RST, in any state: nothing is said.
 * 5. Half a message and then silence: one hold time after the last KEEPALIVE, also where something
 *    unread lets the hold timer run on (frr, bird); and so with a message in single bytes.
 * 6. A neighbour that sends KEEPALIVEs but never reads while it is told a large table: send hold
 *    timer, at the time of the profile after TCP took the last message.
 * 7. A connection of a stranger is reset.
 * 8. AS numbers of four octets, to and from a neighbour that does not know them, through AS_TRANS.
 * 9. Attributes that are not understood, MED and LOCAL_PREF: what is passed on.
 * 10. A loop is refused, and takes the place of what was announced before.
 * 11. Who hangs beyond its hold time says so when it comes back, though much is unread.
 * 12. The trace source MessageTx counts what is on the wire, byte for byte.
 */

#include "bgp-raw-peer.h"

#include "ns3/bgp-console.h"
#include "ns3/bgp-header.h"
#include "ns3/bgp-notification.h"
#include "ns3/bgp-open.h"
#include "ns3/failure-helper.h"
#include "ns3/network-order.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <variant>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

using Bytes = std::vector<uint8_t>; //!< a message, or what should have been one

constexpr uint32_t PEER_AS = 64500;     //!< of the neighbour
const BgpPrefix PREFIX{0x14010000, 16}; //!< 20.1.0.0/16, announced by it

/**
 * @ingroup keepalive-tests
 * @brief Set hold time and profile of the neighbours to come.
 * @param network the network
 * @param profile name of a profile
 * @param holdTime in seconds
 */
void
Configure(BgpTestNetwork& network, const char* profile = "frr", double holdTime = 90)
{
    network.SetTimers(holdTime, profile);
}

/**
 * @ingroup keepalive-tests
 * @brief A header, perhaps a wrong one.
 * @param length what it says
 * @param type what it says
 * @param marker byte of which the marker consists
 * @return the bytes
 */
Bytes
Header(uint16_t length, uint8_t type, uint8_t marker = 0xff)
{
    Bytes bytes(19, marker);
    WriteUint16(&bytes[16], length);
    bytes[18] = type;
    return bytes;
}

/**
 * @ingroup keepalive-tests
 * @brief A message with any body.
 * @param type its type
 * @param body what follows the header
 * @return the whole message
 */
Bytes
Message(uint8_t type, const Bytes& body)
{
    Bytes bytes = Header(static_cast<uint16_t>(19 + body.size()), type);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

/**
 * @ingroup keepalive-tests
 * @brief An UPDATE that announces PREFIX with any attributes.
 * @param attributes the bytes
 * @return the whole message
 */
Bytes
Update(const Bytes& attributes)
{
    Bytes body{0, 0, 0, static_cast<uint8_t>(attributes.size())};
    body.insert(body.end(), attributes.begin(), attributes.end());
    body.insert(body.end(), {16, 20, 1});
    return Message(2, body);
}

/**
 * @ingroup keepalive-tests
 * @brief An UPDATE without a fault.
 * @param path the AS path
 * @param nextHop the next hop, in host order
 * @return what it says
 */
BgpUpdate
Announcement(const std::vector<uint32_t>& path, uint32_t nextHop)
{
    BgpUpdate update;
    update.attributes.emplace();
    update.attributes->asPath.push_back({BgpPathAttributes::Segment::Type::AS_SEQUENCE, path});
    update.attributes->nextHop = nextHop;
    update.announced.push_back(PREFIX);
    return update;
}

/**
 * @ingroup keepalive-tests
 * @brief The AS path of a route.
 * @param attributes of it
 * @return the numbers
 */
std::vector<uint32_t>
PathOf(const BgpPathAttributes& attributes)
{
    return attributes.asPath.empty() ? std::vector<uint32_t>() : attributes.asPath[0].numbers;
}

/// How far a session is.
enum class Stage
{
    OPEN_SENT,    //!< connected
    OPEN_CONFIRM, //!< OPENs exchanged
    ESTABLISHED   //!< KEEPALIVEs exchanged
};

/**
 * @ingroup keepalive-tests
 * @brief Bring a session as far as wanted, in the second that begins.
 * @param peer the neighbour
 * @param when when it begins
 * @param stage how far
 */
void
Advance(BgpRawPeer& peer, Time when, Stage stage)
{
    peer.Connect(when);
    if (stage >= Stage::OPEN_CONFIRM)
    {
        peer.Say(when + MilliSeconds(100), peer.MakeOpen());
    }
    if (stage >= Stage::ESTABLISHED)
    {
        peer.Say(when + MilliSeconds(200), EncodeBgpKeepalive());
    }
}

/**
 * @ingroup keepalive-tests
 * @brief 1, 2, 3. What is wrong is said.
 */
class WrongTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param stage how far the session is
     * @param bytes what the neighbour sends then
     * @param said what it is told; empty for nothing, and the session goes on
     */
    WrongTestCase(Stage stage, Bytes bytes, std::string said)
        : TestCase(NameOf(stage, said)),
          m_stage(stage),
          m_bytes(std::move(bytes)),
          m_said(std::move(said))
    {
    }

  private:
    /**
     * @brief Name a case.
     * @param stage how far the session is
     * @param said what the neighbour is told
     * @return a name that ns-3 accepts
     */
    static std::string NameOf(Stage stage, std::string said)
    {
        std::replace(said.begin(), said.end(), '/', ',');
        return "stage " + std::to_string(static_cast<int>(stage)) + ": " + said;
    }

    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network);
        BgpRawPeer peer(network, 0, PEER_AS);
        Advance(peer, Seconds(1), m_stage);
        peer.Say(Seconds(2), m_bytes);
        network.RunUntil(Seconds(2.5));
        NS_TEST_EXPECT_MSG_EQ(peer.GetNotification(), m_said, "on the wire");
        const auto* said = peer.FindLast("said ");
        NS_TEST_ASSERT_MSG_NE(said, nullptr, "traced");
        NS_TEST_EXPECT_MSG_EQ(said->what, "said " + m_said, "traced");
        NS_TEST_EXPECT_MSG_GT(said->when, Seconds(2.005), "when it arrived");
        NS_TEST_EXPECT_MSG_LT(said->when, Seconds(2.006), "when it arrived");
        NS_TEST_EXPECT_MSG_EQ(peer.ended, true, "the connection is closed");
        const auto* down = peer.FindLast("down ");
        NS_TEST_EXPECT_MSG_EQ((down != nullptr), (m_stage == Stage::ESTABLISHED), "the session");
        if (down)
        {
            NS_TEST_EXPECT_MSG_EQ(down->what, "down protocol-error", "why");
        }
        NS_TEST_EXPECT_MSG_EQ(network.speakers[0]->GetRib().GetPrefixCount(), 0U, "no route");
        // No grudge.
        Advance(peer, Seconds(10) - Simulator::Now(), Stage::ESTABLISHED);
        network.RunUntil(Seconds(11));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "welcome again");
    }

    Stage m_stage;      //!< how far the session is
    Bytes m_bytes;      //!< what is wrong
    std::string m_said; //!< what is said
};

/**
 * @ingroup keepalive-tests
 * @brief 4. The end of the connection, at any time.
 */
class EndTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param stage how far the session is
     * @param reset by RST; else by FIN in the middle of a message
     */
    EndTestCase(Stage stage, bool reset)
        : TestCase("stage " + std::to_string(static_cast<int>(stage)) +
                   (reset ? ": reset" : ": FIN")),
          m_stage(stage),
          m_reset(reset)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network);
        BgpRawPeer peer(network, 0, PEER_AS);
        Advance(peer, Seconds(1), m_stage);
        peer.Say(Seconds(2), Header(40, 2));
        peer.Close(Seconds(2.1), m_reset);
        network.RunUntil(Seconds(3));
        const auto* down = peer.FindLast("down ");
        NS_TEST_EXPECT_MSG_EQ((down != nullptr), (m_stage == Stage::ESTABLISHED), "the session");
        if (down)
        {
            NS_TEST_EXPECT_MSG_EQ(down->what,
                                  (m_reset ? "down tcp-reset" : "down tcp-closed"),
                                  "why");
            NS_TEST_EXPECT_MSG_GT(down->when, Seconds(2.105), "when");
            NS_TEST_EXPECT_MSG_LT(down->when, Seconds(2.106), "when");
        }
        NS_TEST_EXPECT_MSG_EQ(peer.FindLast("said "), nullptr, "nobody is there to be told");
        Advance(peer, Seconds(100) - Simulator::Now(), Stage::ESTABLISHED);
        network.RunUntil(Seconds(101));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "welcome again");
    }

    Stage m_stage; //!< how far the session is
    bool m_reset;  //!< by RST
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Half a message.
 */
class HalfMessageTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param profile of the speaker
     */
    explicit HalfMessageTestCase(const char* profile)
        : TestCase(std::string("half a message, ") + profile),
          m_profile(profile)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network, m_profile);
        BgpRawPeer peer(network, 0, PEER_AS);
        peer.Establish(Seconds(1), Time());
        // In single bytes a message counts when it is complete.
        const Bytes keepalive = EncodeBgpKeepalive();
        for (std::size_t i = 0; i < keepalive.size(); i++)
        {
            peer.Say(Seconds(10 + static_cast<double>(i)), {keepalive[i]});
        }
        const Time last = Seconds(28);
        Bytes half = Header(60, 2);
        half.insert(half.end(), 30, 0);
        peer.Say(Seconds(40), half);
        network.RunUntil(Seconds(300));
        const auto* down = peer.FindLast("down ");
        NS_TEST_ASSERT_MSG_NE(down, nullptr, "it is noticed");
        NS_TEST_EXPECT_MSG_EQ(down->what, "down hold-time-expired", "why");
        const bool bird = std::string(m_profile) == "bird"; // jittered
        NS_TEST_EXPECT_MSG_GT(down->when, last + Seconds(bird ? 67.5 : 90), "when");
        NS_TEST_EXPECT_MSG_LT(down->when, last + Seconds(90.006), "when");
    }

    const char* m_profile; //!< of the speaker
};

/**
 * @ingroup keepalive-tests
 * @brief 6. A neighbour that does not read.
 */
class DeafPeerTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param profile of the speaker
     * @param time send hold time, seconds; 0 for none
     */
    DeafPeerTestCase(const char* profile, double time)
        : TestCase(std::string("a neighbour that does not read, ") + profile),
          m_profile(profile),
          m_time(time)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network, m_profile);
        BgpRawPeer peer(network, 0, PEER_AS);
        peer.BeDeaf();
        std::ostringstream told;
        ConsoleTranscript transcript;
        transcript.AddStream(told);
        BgpConsole console(transcript);
        console.Watch(peer.neighbor, "R1");
        peer.Establish(Seconds(1), Seconds(20));
        network.RunUntil(Seconds(50));
        // More than fits into the buffers of both ends.
        for (uint32_t i = 0; i < 100000; i++)
        {
            network.speakers[0]->Announce(BgpPrefix{0x15000000 + 256 * i, 24});
        }
        network.RunUntil(Seconds(60));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "nobody minds yet");
        NS_TEST_EXPECT_MSG_GT(peer.neighbor->GetSession()->GetConnection().GetBacklog(),
                              10000U,
                              "it waits");
        const Time left = peer.neighbor->GetSession()->GetTimeLeft(BgpTimer::SEND_HOLD);
        const Time expected = Seconds(60) + left;
        network.RunUntil(Seconds(1000));
        const auto* down = peer.FindLast("down ");
        if (m_time == 0)
        {
            NS_TEST_EXPECT_MSG_EQ(down, nullptr, "nobody minds ever");
            return;
        }
        NS_TEST_ASSERT_MSG_NE(down, nullptr, "it is noticed");
        NS_TEST_EXPECT_MSG_EQ(down->what, "down send-hold-time-expired", "why");
        NS_TEST_EXPECT_MSG_EQ(down->when, expected, "to the nanosecond");
        // TCP took the last message when it still could, within a few round trips. BIRD jitters
        // this timer, too.
        const double least = std::string(m_profile) == "bird" ? 0.75 * m_time : m_time;
        NS_TEST_EXPECT_MSG_GT_OR_EQ(expected, Seconds(50 + least), "since when");
        NS_TEST_EXPECT_MSG_LT(expected, Seconds(51 + m_time), "since when");
        // RFC 9687 leaves it open whether to tell who would not read it.
        const bool says = std::string(m_profile) == "frr";
        NS_TEST_EXPECT_MSG_EQ((peer.FindLast("said Send Hold Timer Expired") != nullptr),
                              says,
                              "what is said");
        const char* const words =
            says ? "Down BGP Notification sent" : "Down Send hold timer expired";
        NS_TEST_EXPECT_MSG_NE(told.str().find(words), std::string::npos, told.str());
        // Nothing of what was stuck gets into the next connection.
        peer.BeDeaf(false);
        peer.messages.clear();
        peer.Establish(Seconds(1), Time());
        network.RunUntil(Seconds(1020));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "another one");
        NS_TEST_ASSERT_MSG_GT(peer.messages.size(), 2U, "speaks");
        NS_TEST_EXPECT_MSG_EQ(ToString(peer.messages[0].type), std::string("OPEN"), "first");
        NS_TEST_EXPECT_MSG_EQ(ToString(peer.messages[1].type), std::string("KEEPALIVE"), "then");
        NS_TEST_EXPECT_MSG_EQ(peer.GetNotification(), "", "and goes on");
    }

    const char* m_profile; //!< of the speaker
    double m_time;         //!< send hold time
};

/**
 * @ingroup keepalive-tests
 * @brief 7. A stranger.
 */
class StrangerTestCase : public TestCase
{
  public:
    StrangerTestCase()
        : TestCase("stranger")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network);
        BgpRawPeer peer(network, 0, 0);
        peer.Connect(Seconds(1));
        network.RunUntil(Seconds(2));
        NS_TEST_EXPECT_MSG_EQ(peer.ended, true, "reset");
        NS_TEST_EXPECT_MSG_EQ(peer.bytes.size(), 0U, "without a word");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. AS_TRANS.
 */
class AsTransTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param fourOctetAs whether the neighbour knows AS numbers of four octets
     */
    explicit AsTransTestCase(bool fourOctetAs)
        : TestCase(fourOctetAs ? "four octets" : "two octets, AS_TRANS"),
          m_fourOctetAs(fourOctetAs)
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t OWN_AS = 4200000001;
        constexpr uint32_t ORIGIN_AS = 4200000005;
        BgpTestNetwork network(1, {OWN_AS});
        Configure(network);
        BgpRawPeer peer(network, 0, PEER_AS);
        network.speakers[0]->Announce(BgpTestNetwork::Prefix("20.2.0.0", 16));
        peer.Establish(Seconds(1), Seconds(20), m_fourOctetAs);
        peer.Say(Seconds(2),
                 Announcement({PEER_AS, ORIGIN_AS}, peer.address.Get()).Encode(m_fourOctetAs));
        network.RunUntil(Seconds(3));

        const BgpPath* best = network.speakers[0]->GetRib().GetBest(PREFIX);
        NS_TEST_ASSERT_MSG_NE(best, nullptr, "it is accepted");
        NS_TEST_EXPECT_MSG_EQ(
            (PathOf(*best->attributes) == std::vector<uint32_t>{PEER_AS, ORIGIN_AS}),
            true,
            "the whole number is known");

        NS_TEST_ASSERT_MSG_GT(peer.messages.size(), 1U, "it speaks");
        const auto open =
            BgpOpen::Decode(peer.messages[0].body.data(), peer.messages[0].body.size());
        NS_TEST_EXPECT_MSG_EQ(std::get<BgpOpen>(open).myAs, BgpOpen::AS_TRANS, "in its OPEN");
        NS_TEST_EXPECT_MSG_EQ(std::get<BgpOpen>(open).GetAs(), OWN_AS, "in its OPEN");
        uint32_t updates = 0;
        for (const BgpMessage& message : peer.messages)
        {
            if (message.type != BgpMessageType::UPDATE)
            {
                continue;
            }
            updates++;
            // AS_PATH with one segment of one number.
            const Bytes path = m_fourOctetAs ? Bytes{2, 6, 2, 1, 0xfa, 0x56, 0xea, 0x01}
                                             : Bytes{2, 4, 2, 1, 0x5b, 0xa0};
            NS_TEST_EXPECT_MSG_EQ(
                (std::search(message.body.begin(), message.body.end(), path.begin(), path.end()) !=
                 message.body.end()),
                true,
                "AS_PATH on the wire");
            const auto read =
                BgpUpdate::Decode(message.body.data(), message.body.size(), m_fourOctetAs, true);
            const auto* update = std::get_if<BgpUpdate>(&read);
            NS_TEST_ASSERT_MSG_NE(update, nullptr, "it can be read");
            NS_TEST_EXPECT_MSG_EQ((PathOf(*update->attributes) == std::vector<uint32_t>{OWN_AS}),
                                  true,
                                  "the whole number is told");
        }
        NS_TEST_EXPECT_MSG_EQ(updates, 1U, "what it came from is not told");
    }

    bool m_fourOctetAs; //!< whether the neighbour knows AS numbers of four octets
};

/**
 * @ingroup keepalive-tests
 * @brief 9. What is passed on.
 */
class PassOnTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param internal to a speaker of the same AS
     */
    explicit PassOnTestCase(bool internal)
        : TestCase(internal ? "passed on inside" : "passed on outside"),
          m_internal(internal)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2, {65001, m_internal ? 65001U : 65002U});
        Configure(network);
        network.Connect(0, 1);
        BgpRawPeer peer(network, 0, PEER_AS);
        peer.Establish(Seconds(1), Seconds(20));
        BgpUpdate update = Announcement({PEER_AS}, peer.address.Get());
        update.attributes->med = 7;
        update.attributes->unknown.push_back({0xc0, 200, {1}}); // optional transitive
        update.attributes->unknown.push_back({0x80, 201, {2}}); // optional
        peer.Say(Seconds(2), update.Encode(true));
        // Our own MED is for the neighbour.
        auto own = std::make_shared<BgpPathAttributes>();
        own->med = 9;
        const BgpPrefix ownPrefix = BgpTestNetwork::Prefix("20.2.0.0", 16);
        network.speakers[0]->Announce(ownPrefix, own);
        network.RunUntil(Seconds(3));

        const BgpPath* first = network.speakers[0]->GetRib().GetBest(PREFIX);
        const BgpPath* second = network.speakers[1]->GetRib().GetBest(PREFIX);
        const BgpPath* mine = network.speakers[1]->GetRib().GetBest(ownPrefix);
        NS_TEST_ASSERT_MSG_EQ((first && second && mine), true, "it is passed on");
        BgpPathAttributes expected = *first->attributes;
        NS_TEST_EXPECT_MSG_EQ(expected.med.value_or(0), 7U, "MED is known where it came to");
        expected.unknown = {{0xe0, 200, {1}}}; // Partial
        if (m_internal)
        {
            expected.localPref = 100;
        }
        else
        {
            expected.Prepend(65001);
            expected.nextHop = network.links[0].addresses[0].Get();
            expected.med.reset();
        }
        NS_TEST_EXPECT_MSG_EQ((*second->attributes == expected), true, "as it should be");
        NS_TEST_EXPECT_MSG_EQ(mine->attributes->med.value_or(0), 9U, "our MED");
        NS_TEST_EXPECT_MSG_EQ(mine->attributes->nextHop,
                              network.links[0].addresses[0].Get(),
                              "our next hop");
    }

    bool m_internal; //!< to a speaker of the same AS
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Loops.
 */
class LoopTestCase : public TestCase
{
  public:
    LoopTestCase()
        : TestCase("loops")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network);
        network.Connect(0, 1);
        BgpRawPeer peer(network, 0, PEER_AS);
        peer.Establish(Seconds(1), Seconds(20));
        const uint32_t nextHop = peer.address.Get();
        peer.Say(Seconds(2), Announcement({PEER_AS, 65001}, nextHop).Encode(true));
        peer.Say(Seconds(3), Announcement({PEER_AS, 64600}, nextHop).Encode(true));
        peer.Say(Seconds(4), Announcement({PEER_AS, 64601, 65001, 64600}, nextHop).Encode(true));
        // A next hop that is our own address (RFC 4271 section 6.3): as good as withdrawn.
        peer.Say(Seconds(5), Announcement({PEER_AS, 64600}, nextHop).Encode(true));
        peer.Say(Seconds(6),
                 Announcement({PEER_AS, 64601}, peer.speakerAddress.Get()).Encode(true));
        const std::vector<uint64_t> known{0, 0, 1, 0, 1, 0};
        for (uint32_t second = 1; second <= known.size(); second++)
        {
            network.RunUntil(Seconds(second + 0.5));
            for (const auto& speaker : network.speakers)
            {
                NS_TEST_EXPECT_MSG_EQ(speaker->GetRib().GetPathCount(),
                                      known[second - 1],
                                      "paths after " << second << " s");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "neither is an error");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 11. Last words in spite of unread bytes.
 */
class LastWordsTestCase : public TestCase
{
  public:
    LastWordsTestCase()
        : TestCase("last words after a stall")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network, "rfc4271");
        BgpRawPeer peer(network, 0, PEER_AS);
        peer.Establish(Seconds(1), Time());
        for (int i = 1; i < 8; i++)
        {
            peer.Say(Seconds(20 * i), EncodeBgpKeepalive());
        }
        Ptr<ControlPlaneStall> stall = FailureHelper::Stall(network.nodes.Get(0), "R1");
        Simulator::Schedule(Seconds(50), &FailureTarget::Fail, stall);
        Simulator::Schedule(Seconds(150), &FailureTarget::Repair, stall);
        network.RunUntil(Seconds(150) - NanoSeconds(1));
        NS_TEST_EXPECT_MSG_EQ(peer.neighbor->IsEstablished(), true, "it hangs");
        network.RunUntil(Seconds(151));
        NS_TEST_EXPECT_MSG_EQ(peer.GetNotification(), "Hold Timer Expired", "not a reset");

        // A connection that ends meanwhile is noticed then, too.
        for (const bool reset : {false, true})
        {
            peer.Establish(Seconds(9), Time());
            Simulator::Schedule(Seconds(19), &FailureTarget::Fail, stall);
            peer.Close(Seconds(24), reset);
            Simulator::Schedule(Seconds(29), &FailureTarget::Repair, stall);
            const Time back = Simulator::Now() + Seconds(29);
            network.RunUntil(back + Seconds(1));
            NS_TEST_EXPECT_MSG_EQ(peer.FindLast("down ")->what,
                                  (reset ? "down tcp-reset" : "down tcp-closed"),
                                  "why");
            NS_TEST_EXPECT_MSG_EQ(peer.FindLast("down ")->when, back, "when");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 12. What is traced is what is on the wire.
 */
class TraceTestCase : public TestCase
{
  public:
    TraceTestCase()
        : TestCase("traced bytes")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(1);
        Configure(network);
        BgpRawPeer peer(network, 0, PEER_AS);
        for (uint32_t i = 0; i < 20000; i++)
        {
            network.speakers[0]->Announce(BgpPrefix{0x15000000 + 256 * i, 24});
        }
        peer.Establish(Seconds(1), Seconds(20));
        Simulator::Schedule(Seconds(99), &BgpNeighbor::Stop, peer.neighbor, BgpError::ADMIN_RESET);
        network.RunUntil(Seconds(110));
        NS_TEST_EXPECT_MSG_EQ(peer.GetNotification(), "Cease/Administrative Reset", "to the end");
        NS_TEST_EXPECT_MSG_EQ(peer.traced, peer.bytes.size(), "bytes");
        NS_TEST_EXPECT_MSG_GT(peer.traced, 80000U, "bytes");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpRawPeerTestSuite : public TestSuite
{
  public:
    BgpRawPeerTestSuite()
        : TestSuite("keepalive-bgp-raw-peer")
    {
        for (const Stage stage : {Stage::OPEN_SENT, Stage::OPEN_CONFIRM, Stage::ESTABLISHED})
        {
            AddTestCase(new WrongTestCase(stage,
                                          Header(19, 4, 0x17),
                                          "Message Header Error/Connection Not Synchronized"));
            AddTestCase(new WrongTestCase(stage,
                                          Header(4097, 2),
                                          "Message Header Error/Bad Message Length [1001]"));
            AddTestCase(new WrongTestCase(stage,
                                          Header(18, 4),
                                          "Message Header Error/Bad Message Length [0012]"));
            AddTestCase(new WrongTestCase(stage,
                                          Header(19, 6),
                                          "Message Header Error/Bad Message Type [06]"));
            AddTestCase(new EndTestCase(stage, false));
            AddTestCase(new EndTestCase(stage, true));
        }
        const std::string fsm = "Finite State Machine Error/Receive Unexpected Message in ";
        AddTestCase(
            new WrongTestCase(Stage::OPEN_SENT, Message(4, {}), fsm + "OpenSent State [04]"));
        // It wants routes of IPv6 only (RFC 5492 section 5): what it lacks is said.
        AddTestCase(new WrongTestCase(
            Stage::OPEN_SENT,
            Message(1, {4, 0xfb, 0xf4, 0, 90, 192, 168, 1, 2, 8, 2, 6, 1, 4, 0, 2, 0, 1}),
            "OPEN Message Error/Unsupported Capability [010400010001]"));
        AddTestCase(new WrongTestCase(Stage::OPEN_CONFIRM,
                                      Announcement({PEER_AS}, 0xc0a80002).Encode(true),
                                      fsm + "OpenConfirm State [02]"));
        AddTestCase(new WrongTestCase(Stage::ESTABLISHED,
                                      BgpOpen::Make(PEER_AS, 90, 1, true).Encode(),
                                      fsm + "Established State [01]"));
        AddTestCase(new WrongTestCase(Stage::OPEN_SENT,
                                      Message(1, {3, 0xfb, 0xf4, 0, 90, 1, 1, 1, 9, 0}),
                                      "OPEN Message Error/Unsupported Version Number [0004]"));
        AddTestCase(new WrongTestCase(Stage::OPEN_SENT,
                                      Message(1, {4, 0xfb, 0xf5, 0, 90, 1, 1, 1, 9, 0}),
                                      "OPEN Message Error/Bad Peer AS [fbf5]"));
        // ORIGIN, AS_PATH and NEXT_HOP, each of them wrong once.
        const std::string update = "UPDATE Message Error/";
        const Bytes path{0x40, 2, 6, 2, 1, 0, 0, 0xfb, 0xf4};
        const Bytes nextHop{0x40, 3, 4, 192, 168, 1, 2};
        const auto join = [](Bytes a, const Bytes& b, const Bytes& c) {
            a.insert(a.end(), b.begin(), b.end());
            a.insert(a.end(), c.begin(), c.end());
            return a;
        };
        AddTestCase(new WrongTestCase(Stage::ESTABLISHED,
                                      Update(join({0x40, 1, 1, 7}, path, nextHop)),
                                      update + "Invalid ORIGIN Attribute [40010107]"));
        AddTestCase(new WrongTestCase(Stage::ESTABLISHED,
                                      Update(join({0x40, 1, 1, 0}, path, {})),
                                      update + "Missing Well-known Attribute [03]"));
        AddTestCase(new WrongTestCase(
            Stage::ESTABLISHED,
            Update(join({0x40, 1, 1, 0}, {0x40, 2, 6, 2, 2, 0, 0, 0xfb, 0xf4}, nextHop)),
            update + "Malformed AS_PATH"));
        AddTestCase(new WrongTestCase(Stage::ESTABLISHED,
                                      Announcement({64501}, 0xc0a80002).Encode(true),
                                      update + "Malformed AS_PATH")); // not its own AS first
        AddTestCase(new WrongTestCase(Stage::ESTABLISHED,
                                      Message(2, {0, 2, 33, 1, 0, 0}),
                                      update + "Invalid Network Field"));
        AddTestCase(new WrongTestCase(Stage::ESTABLISHED,
                                      Message(2, {0, 9, 0, 0}),
                                      update + "Malformed Attribute List"));
        for (const char* profile : {"rfc4271", "frr", "bird"})
        {
            AddTestCase(new HalfMessageTestCase(profile));
        }
        AddTestCase(new DeafPeerTestCase("rfc4271", 480));
        AddTestCase(new DeafPeerTestCase("frr", 180));
        AddTestCase(new DeafPeerTestCase("bird", 180));
        AddTestCase(new DeafPeerTestCase("cisco", 0));
        AddTestCase(new StrangerTestCase);
        AddTestCase(new AsTransTestCase(true));
        AddTestCase(new AsTransTestCase(false));
        AddTestCase(new PassOnTestCase(false));
        AddTestCase(new PassOnTestCase(true));
        AddTestCase(new LoopTestCase);
        AddTestCase(new LastWordsTestCase);
        AddTestCase(new TraceTestCase);
    }
};

BgpRawPeerTestSuite g_bgpRawPeerTestSuite; //!< registers the suite

} // namespace
