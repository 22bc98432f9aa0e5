/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief Two agents on a wire: dead peer detection as a whole, at exact times.
 *
 * 1. Requests are answered, numbers count up, and nobody is given up, by profile and encapsulation.
 * 2. A silent cut: each profile gives its peer up when its parameters say.
 * 3. libreswan with delay 3 s and timeout 5 s: 8 s with IKEv1, more than 60 s with IKEv2.
 * 4. Data puts off requests and keeps a peer alive, or does not, by profile and encapsulation.
 * 5. On demand: only who sends data without hearing anything asks.
 * 6. A response that was lost is sent again, octet for octet, and a repeated request is no life.
 * 7. Messages with wrong cookies, numbers, message IDs or ciphers are dropped, with the reason.
 * 8. A peer that does not answer is given up.
 * 9. The end of an SA: what comes with its cookies is a stranger's; attempts until there is another
 *    one, with other cookies.
 * 10. Who alone has given up the other sets up a new SA, and the other takes it.
 * 11. Both try at once: one SA comes of it. A reply to an attempt that was lost is sent again.
 * 12. Crash and boot, before and after the peer has noticed.
 * 13. A process that hangs: data flows, nobody answers; late timers afterwards.
 * 14. Data without an SA is dropped, with the reason.
 * 15. A peer that moves is answered where it is.
 * 16. Attributes: what cannot work, start phase, streams.
 * 17. A stopped agent is silent; link-change callbacks run after the trace.
 */

#include "dpd-test-network.h"
#include "hex-bytes.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/dpd-message.h"
#include "ns3/dpd-profile.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

using Bytes = std::vector<uint8_t>;
using Times = std::vector<double>;

constexpr double LATER = 1e6; //!< a delay that never passes, in seconds

/// What all cases here have: a network with two agents.
class DpdAgentTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    void DoSetup() override
    {
        network = std::make_unique<DpdTestNetwork>();
    }

    void DoTeardown() override
    {
        network.reset();
    }

    /**
     * @brief Put agents on both hosts.
     * @param profile the profile of both
     * @param delayA Delay of A, in seconds
     * @param delayB Delay of B, in seconds
     */
    void AddAgents(const std::string& profile, double delayA, double delayB)
    {
        for (uint32_t host = 0; host < 2; host++)
        {
            Ptr<DpdAgent> agent = network->AddAgent(host, profile);
            const double delay = host == 0 ? delayA : delayB;
            agent->SetAttribute("Delay", TimeValue(Seconds(delay)));
            if (delay == LATER)
            {
                agent->SetAttribute("Timeout", TimeValue(Seconds(2 * LATER)));
            }
        }
    }

    /**
     * @brief Set an attribute of both agents.
     * @param name its name
     * @param value its value
     */
    void SetBoth(const std::string& name, const AttributeValue& value)
    {
        network->agents[0]->SetAttribute(name, value);
        network->agents[1]->SetAttribute(name, value);
    }

    /**
     * @brief Run until a time.
     * @param until in seconds
     */
    void RunTo(double until)
    {
        Simulator::Stop(Seconds(until) - Simulator::Now());
        Simulator::Run();
    }

    /**
     * @brief Compare times.
     * @param host 0 for A, 1 for B
     * @param trace the trace source
     * @param expected when it reported, in seconds
     */
    void Expect(uint32_t host, const std::string& trace, const Times& expected)
    {
        const Times got = network->GetTimes(host, trace);
        const std::string what = GetName() + ", host " + std::to_string(host) + ", " + trace;
        NS_TEST_ASSERT_MSG_EQ(got.size(), expected.size(), what);
        for (std::size_t i = 0; i < got.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(got[i], expected[i], 1e-9, what << " " << i);
        }
    }

    /**
     * @brief Compare line protocols.
     * @param a what A's did, in words
     * @param b what B's did
     */
    void ExpectLines(const std::string& a, const std::string& b)
    {
        NS_TEST_EXPECT_MSG_EQ(network->GetLine(0), a, GetName() << ", A");
        NS_TEST_EXPECT_MSG_EQ(network->GetLine(1), b, GetName() << ", B");
    }

    std::unique_ptr<DpdTestNetwork> network; //!< the hosts
};

/// Behaviour 1.
class AliveTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile
     * @param nat whether on UDP 4500
     * @param suite the cipher suite; empty for the profile's
     * @param size octets of each message, marker included
     */
    AliveTestCase(const std::string& profile, bool nat, const std::string& suite, std::size_t size)
        : DpdAgentTestCase("Both alive: " + profile + (nat ? " on 4500 " : " on 500 ") + suite),
          m_profile(profile),
          m_nat(nat),
          m_suite(suite),
          m_size(size)
    {
    }

  private:
    void DoRun() override
    {
        AddAgents(m_profile, 10, LATER);
        SetBoth("Encapsulation", StringValue(m_nat ? "Udp4500" : "Udp500"));
        SetBoth("CipherSuite", StringValue(m_suite));
        RunTo(65);
        ExpectLines("", "");
        // A request every 10 s, or 10 s after the answer; 1 ms each way.
        const bool clocked = m_profile == "cisco-periodic" || m_profile == "libreswan-ikev2";
        Times asked;
        Times heard;
        Times answered;
        for (int i = 1; i <= 6; i++)
        {
            const double at = 10 * i + (clocked ? 0 : 0.002 * (i - 1));
            asked.push_back(at);
            heard.push_back(at + 0.001);
            answered.push_back(at + 0.002);
        }
        Expect(0, "RequestTx", asked);
        Expect(1, "RequestRx", heard);
        Expect(1, "ReplyTx", heard);
        Expect(0, "ReplyRx", answered);
        Expect(1, "RequestTx", {});
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0) + network->GetDrops(1), "", "no drops");
        NS_TEST_EXPECT_MSG_EQ(network->packets.size(), 12, "and nothing else on the wire");
        for (const auto& seen : network->packets)
        {
            NS_TEST_EXPECT_MSG_EQ(seen.bytes.size(), m_size, "size");
            NS_TEST_EXPECT_MSG_EQ(seen.destination, (m_nat ? 4500 : 500), "port");
        }
        uint32_t next = network->reports.at(0).number;
        for (const auto& report : network->reports)
        {
            NS_TEST_EXPECT_MSG_EQ(report.number, next, "requests and replies have the number");
            next += report.trace == "ReplyRx" ? 1 : 0;
        }
        const bool two = m_profile.find("ikev2") != std::string::npos;
        const uint32_t first = network->reports.at(0).number;
        NS_TEST_EXPECT_MSG_EQ((two ? first == 2 : first >= 1), true, "the first number");
        if (m_profile == "libreswan")
        {
            NS_TEST_EXPECT_MSG_LT_OR_EQ(first, 0x8000, "is small");
        }
        NS_TEST_EXPECT_MSG_EQ(network->agents[0]->IsUp(), true, "up");
        NS_TEST_EXPECT_MSG_EQ(network->agents[0]->GetUnanswered(), 0, "all answered");
    }

    std::string m_profile; //!< the profile
    bool m_nat;            //!< UDP 4500
    std::string m_suite;   //!< the suite
    std::size_t m_size;    //!< size of each message
};

/// Behaviours 2 and 3.
class CutTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile
     * @param attributes attributes of A, with values in words
     * @param line what A's line protocol does when the wire is cut after 25 s
     * @param requests what A sends after the cut, in seconds
     */
    CutTestCase(const std::string& profile,
                const std::map<std::string, std::string>& attributes,
                const std::string& line,
                Times requests)
        : DpdAgentTestCase("Silent cut at 25 s: " + profile + " gives " + line),
          m_profile(profile),
          m_attributes(attributes),
          m_line(line),
          m_requests(std::move(requests))
    {
    }

  private:
    void DoRun() override
    {
        AddAgents(m_profile, 10, LATER);
        for (const auto& attribute : m_attributes)
        {
            network->agents[0]->SetAttribute(attribute.first, StringValue(attribute.second));
        }
        SetBoth("ReestablishDelay", TimeValue(Seconds(0)));
        network->SetCutAt(Seconds(25), true, true, true);
        RunTo(1000);
        ExpectLines(m_line, "");
        Times got = network->GetTimes(0, "RequestTx");
        got.erase(got.begin(),
                  std::find_if(got.begin(), got.end(), [](double t) { return t > 25; }));
        NS_TEST_ASSERT_MSG_EQ(got.size(), m_requests.size(), GetName() << ", requests");
        for (std::size_t i = 0; i < got.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(got[i], m_requests[i], 1e-9, "request " << i);
        }
        NS_TEST_EXPECT_MSG_EQ(network->agents[0]->IsUp(), false, "down");
        NS_TEST_EXPECT_MSG_EQ(network->lines.at(0).mechanism, "dpd", "who says so");
    }

    std::string m_profile;                           //!< the profile
    std::map<std::string, std::string> m_attributes; //!< of A
    std::string m_line;                              //!< of A
    Times m_requests;                                //!< of A, after the cut
};

/// Behaviour 4.
class DataTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile
     * @param nat whether on UDP 4500
     * @param suppressed whether data from B keeps A from asking
     */
    DataTestCase(const std::string& profile, bool nat, bool suppressed)
        : DpdAgentTestCase("Data every second: " + profile + (nat ? ", 4500" : ", 500")),
          m_profile(profile),
          m_nat(nat),
          m_suppressed(suppressed)
    {
    }

  private:
    void DoRun() override
    {
        AddAgents(m_profile, 5, LATER);
        SetBoth("Encapsulation", StringValue(m_nat ? "Udp4500" : "Udp500"));
        for (int second = 1; second <= 30; second++)
        {
            network->SendDataAt(Seconds(second), 1);
        }
        RunTo(30.5);
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(0, "DataRx").size(), 30, "data arrives");
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(0, "RequestTx").size(),
                              (m_suppressed ? 0 : 6),
                              "requests");
        ExpectLines("", "");
        for (const auto& seen : network->packets)
        {
            if (seen.protocol == 50 || seen.bytes.size() == 108)
            {
                NS_TEST_EXPECT_MSG_EQ((seen.protocol == 50), !m_nat, "ESP as it should be");
            }
        }
    }

    std::string m_profile; //!< the profile
    bool m_nat;            //!< UDP 4500
    bool m_suppressed;     //!< no requests
};

/// Behaviour 4: a wire that only carries data, as for a process that hangs.
class DataOnlyTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile
     * @param line what A's line protocol does
     */
    DataOnlyTestCase(const std::string& profile, const std::string& line)
        : DpdAgentTestCase("B hangs from 7 s on, and its data goes on: " + profile),
          m_profile(profile),
          m_line(line)
    {
    }

  private:
    void DoRun() override
    {
        AddAgents(m_profile, 10, LATER);
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        network->SetStalledAt(Seconds(7), 1, true);
        for (int second = 1; second <= 200; second++)
        {
            network->SendDataAt(Seconds(second), 1);
        }
        RunTo(200.5);
        ExpectLines(m_line, "");
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(1, "DataTx").size(), 200, "data flows throughout");
    }

    std::string m_profile; //!< the profile
    std::string m_line;    //!< of A
};

/// Behaviour 5.
class OnDemandTestCase : public DpdAgentTestCase
{
  public:
    OnDemandTestCase()
        : DpdAgentTestCase("On demand")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("cisco-periodic", 10, LATER);
        network->agents[0]->SetAttribute("Mode", StringValue("OnDemand"));
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        network->SendDataAt(Seconds(5), 0);
        network->SendDataAt(Seconds(105), 0); // after a long silence
        network->SendDataAt(Seconds(106), 0); // B has just answered
        network->SetCutAt(Seconds(110), true, true, true);
        network->SendDataAt(Seconds(111), 0);
        network->SendDataAt(Seconds(120), 0); // its answer came at 105.002
        RunTo(300);
        Expect(0, "RequestTx", {105, 120, 122, 124, 126, 128, 130});
        Expect(0, "DataTx", {5, 105, 106, 111, 120});
        Expect(1, "RequestTx", {});
        ExpectLines("down 132 keepalive-unanswered", "");
        const auto& ask = network->packets.at(1);
        NS_TEST_EXPECT_MSG_EQ(ask.bytes.size(), 96, "the request leaves before the data");
    }
};

/// Behaviour 6.
class LostResponseTestCase : public DpdAgentTestCase
{
  public:
    LostResponseTestCase()
        : DpdAgentTestCase("A lost response is sent again, octet for octet")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("strongswan-ikev2", 10, 13);
        network->SetCutAt(Seconds(9), true, false, true); // A hears nothing
        network->SetCutAt(Seconds(20), true, false, false);
        RunTo(24.5);
        Expect(0, "RequestTx", {10, 14, 21.2});
        Expect(1, "RequestRx", {10.001, 14.001, 21.201});
        Expect(1, "ReplyTx", {10.001, 14.001, 21.201});
        Expect(0, "ReplyRx", {21.202});
        // The first one was fresh, the others say nothing new: B asks 13 s after the first.
        Expect(1, "RequestTx", {23.001});
        std::set<Bytes> requests;
        std::set<Bytes> replies;
        for (const auto& seen : network->packets)
        {
            if (seen.when < Seconds(23))
            {
                (seen.fromA ? requests : replies).insert(seen.bytes);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(requests.size(), 1, "the same request");
        NS_TEST_EXPECT_MSG_EQ(replies.size(), 1, "the same response");
        // Message IDs: A set the SA up and begins with 2, B begins with 0.
        NS_TEST_EXPECT_MSG_EQ(network->reports.front().number, 2, "A");
        NS_TEST_EXPECT_MSG_EQ(network->reports.back().number, 0, "B");
        ExpectLines("", "");
    }
};

/// Behaviour 7.
class WrongMessageTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile
     */
    explicit WrongMessageTestCase(const std::string& profile)
        : DpdAgentTestCase("Wrong messages are dropped, with " + profile),
          m_profile(profile)
    {
    }

  private:
    /**
     * @brief Let a message arrive at B.
     * @param kind what kind
     * @param number its number
     * @param change changes its octets; may be null
     * @param suite the cipher suite
     */
    void Arrive(DpdMessage::Kind kind,
                uint32_t number,
                void (*change)(Bytes&) = nullptr,
                std::string suite = "")
    {
        const DpdProfile* profile = DpdProfile::Find(m_profile);
        const IkeAssociation::Names& names = network->agents[0]->GetAssociation()->GetNames();
        suite = suite.empty() ? profile->suite : suite;
        DpdMessage message;
        message.kind = kind;
        message.ikeVersion = profile->ikeVersion;
        message.initiatorCookie = names.initiatorCookie;
        message.responderCookie = names.responderCookie;
        message.messageId = number;
        message.sequence = number;
        Ptr<Packet> packet = message.Write(*IkeCipherSuite::Find(suite, profile->ikeVersion));
        Bytes bytes(4 + packet->GetSize());
        packet->CopyData(&bytes[4], packet->GetSize());
        if (change)
        {
            change(bytes);
        }
        m_at += 0.01;
        network->SendBytesAt(Seconds(m_at) - Simulator::Now(),
                             0,
                             static_cast<uint16_t>(6000 + m_at * 100),
                             4500,
                             bytes);
    }

    void DoRun() override
    {
        using Kind = DpdMessage::Kind;
        AddAgents(m_profile, LATER, 1);
        network->agents[0]->SetAttribute("AnswerRequests", BooleanValue(false));
        network->agents[1]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        network->agents[1]->GetAssociation()->SetAttribute("FollowPeer", BooleanValue(false));
        RunTo(1.5);
        const uint32_t asked = network->reports.at(0).number; // by B, and unanswered
        const bool one = DpdProfile::Find(m_profile)->ikeVersion == 1;
        m_at = 1.5;
        Arrive(Kind::REPLY, asked + 1);
        Arrive(Kind::REPLY, asked - 1);
        Arrive(Kind::REQUEST, one ? 7 : 3);
        std::string expected = one ? "bad-sequence bad-sequence"
                                   : "bad-message-id bad-message-id "
                                     "bad-message-id";
        if (one)
        {
            Arrive(Kind::REQUEST, 7);
            Arrive(Kind::REQUEST, 6);
            expected += " bad-sequence bad-sequence";
            Arrive(Kind::REQUEST, 8, [](Bytes& bytes) { bytes[4 + 19] = 0; });
            Arrive(Kind::REQUEST, 8, [](Bytes& bytes) { bytes[4 + 28 + 24 + 12] ^= 1; });
            Arrive(Kind::REQUEST, 8, nullptr, "none");
            expected += " authentication bad-cookie authentication";
        }
        else
        {
            Arrive(Kind::REQUEST, 2, [](Bytes& bytes) { bytes[4 + 19] = 0; });
            Arrive(Kind::REPLY, asked, [](Bytes& bytes) { bytes[4 + 19] = 0x20; });
            Arrive(Kind::REQUEST, 2, nullptr, "none");
            Arrive(Kind::REQUEST, 2, [](Bytes& bytes) { bytes[4 + 28] = 42; });
            expected += " looped looped authentication unknown-message";
        }
        Arrive(Kind::REQUEST, 2, [](Bytes& bytes) { bytes[4] ^= 0x80; });
        Arrive(Kind::REQUEST, 2, [](Bytes& bytes) { bytes[4 + 15] ^= 1; });
        Arrive(Kind::REQUEST, 2, [](Bytes& bytes) { bytes[4 + 17] ^= 0x30; });
        // Only who sets an SA up may leave the responder's cookie out.
        Arrive(Kind::REQUEST, one ? 8 : 2, [](Bytes& bytes) {
            const std::size_t header = 4;
            const std::size_t notify = header + 28 + 24 + 12; // its SPI
            std::fill_n(&bytes[header + 8], 8, 0);
            if (bytes[header + 17] == 0x10)
            {
                std::fill_n(&bytes[notify + 8], 8, 0);
            }
            else
            {
                bytes[header + 19] = 8;
            }
        });
        expected += " bad-cookie bad-cookie bad-version bad-cookie";
        RunTo(1.9);
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), expected, "reasons");
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(1, "RequestRx").size(),
                              (one ? 1 : 0),
                              "valid ones");
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(1, "ReplyRx").size(), 0, "none");
        // And what is right is taken.
        m_at = 1.9;
        Arrive(Kind::REPLY, asked, [](Bytes& bytes) {
            bytes[4 + 19] |= bytes[4 + 17] == 0x20 ? 0x28 : 0;
        });
        RunTo(1.95);
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(1, "ReplyRx").size(), 1, "the answer");
    }

    std::string m_profile; //!< of both
    double m_at{0};        //!< when the next message is sent
};

/// Behaviour 8.
class MuteTestCase : public DpdAgentTestCase
{
  public:
    MuteTestCase()
        : DpdAgentTestCase("A peer that does not answer is given up")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("racoon", 10, LATER);
        network->agents[1]->SetAttribute("AnswerRequests", BooleanValue(false));
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        RunTo(100);
        Expect(0, "RequestTx", {10, 15, 20, 25, 30});
        Expect(1, "RequestRx", {10.001, 15.001, 20.001, 25.001, 30.001});
        Expect(1, "ReplyTx", {});
        ExpectLines("down 35 keepalive-unanswered", "");
    }
};

/// Behaviour 9.
class ReestablishTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile
     * @param size octets of the attempt, marker included
     */
    ReestablishTestCase(const std::string& profile, std::size_t size)
        : DpdAgentTestCase("A new SA after the end of one, " + profile),
          m_profile(profile),
          m_size(size)
    {
    }

  private:
    void DoRun() override
    {
        AddAgents(m_profile, 2, LATER);
        network->agents[0]->SetAttribute("Retry", TimeValue(Seconds(1)));
        network->agents[0]->SetAttribute("Retries", UintegerValue(1));
        network->agents[0]->SetAttribute("RetransmitBase", DoubleValue(1));
        const auto before = network->agents[0]->GetAssociation();
        network->SetCutAt(Seconds(1), true, true, true);
        network->SetCutAt(Seconds(16), true, true, false);
        network->SendDataAt(Seconds(16.5), 1); // with the old SA, of which A knows nothing
        network->SendDataAt(Seconds(22), 1);
        RunTo(5);
        NS_TEST_EXPECT_MSG_EQ(network->agents[0]->IsUp(), false, "A has given B up");
        const uint64_t attempt = before->GetNames().initiatorCookie;
        NS_TEST_EXPECT_MSG_EQ(before->GetNames().responderCookie, 0, "and tries");
        NS_TEST_EXPECT_MSG_EQ(before->GetNames().inboundSpi, 0, "without ESP");
        const uint64_t old = network->agents[1]->GetAssociation()->GetNames().initiatorCookie;
        RunTo(24);
        // Requests at 2 and 3 s, the end at 4 s; attempts from then on every 5 s.
        Expect(0, "SetupTx", {4, 9, 14, 19});
        ExpectLines("down 4 keepalive-unanswered; up 19.002 session-established", "");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0), "bad-cookie", "data of the old SA");
        const IkeAssociation::Names a = network->agents[0]->GetAssociation()->GetNames();
        const IkeAssociation::Names b = network->agents[1]->GetAssociation()->GetNames();
        NS_TEST_EXPECT_MSG_EQ(a.initiatorCookie, attempt, "A's cookie");
        NS_TEST_EXPECT_MSG_NE(a.initiatorCookie, old, "is new");
        NS_TEST_EXPECT_MSG_NE(a.responderCookie, 0, "and so is B's");
        NS_TEST_EXPECT_MSG_EQ(a.initiatorCookie, b.initiatorCookie, "both know");
        NS_TEST_EXPECT_MSG_EQ(a.responderCookie, b.responderCookie, "both know");
        NS_TEST_EXPECT_MSG_EQ(a.inboundSpi, b.outboundSpi, "both know");
        NS_TEST_EXPECT_MSG_EQ(a.outboundSpi, b.inboundSpi, "both know");
        NS_TEST_EXPECT_MSG_NE(a.inboundSpi, a.outboundSpi, "one each way");
        for (const auto& seen : network->packets)
        {
            if (seen.when == Seconds(19))
            {
                NS_TEST_EXPECT_MSG_EQ(seen.bytes.size(), m_size, "the size of an attempt");
            }
        }
        for (const auto& seen : network->packets)
        {
            if (seen.when == Seconds(22) && !seen.fromA)
            {
                NS_TEST_EXPECT_MSG_EQ(+seen.bytes.at(7), 1, "a new ESP SA counts from 1");
            }
        }
        Expect(0, "DataRx", {22.001});
        // And it works: A asks 2 s later.
        const Times asked = network->GetTimes(0, "RequestTx");
        NS_TEST_EXPECT_MSG_EQ_TOL(asked.at(2), 21.002, 1e-9, "a request");
        NS_TEST_EXPECT_MSG_EQ_TOL(network->GetTimes(0, "ReplyRx").at(0), 21.004, 1e-9, "answered");
    }

    std::string m_profile; //!< of both
    std::size_t m_size;    //!< of an attempt
};

/// Behaviours 10 and 11.
class CollisionTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param run decides about the cookies
     */
    explicit CollisionTestCase(int64_t run)
        : DpdAgentTestCase("Both set up a new SA at once, streams from " + std::to_string(run)),
          m_stream(run)
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("cisco-periodic", 2, 2);
        network->agents[0]->AssignStreams(m_stream);
        network->agents[1]->AssignStreams(m_stream + 2);
        SetBoth("Retry", TimeValue(Seconds(1)));
        SetBoth("Retries", UintegerValue(1));
        network->SetCutAt(Seconds(1), true, true, true);
        network->SetCutAt(Seconds(7), true, true, false);
        RunTo(30);
        // Both gave up at 4 s, and tried then and at 9 s.
        const std::string down = "down 4 keepalive-unanswered; up 9.00";
        NS_TEST_EXPECT_MSG_EQ(network->GetLine(0).substr(0, down.size()), down, "A");
        NS_TEST_EXPECT_MSG_EQ(network->GetLine(1).substr(0, down.size()), down, "B");
        NS_TEST_EXPECT_MSG_EQ(network->lines.size(), 4, "and all is well since");
        const IkeAssociation::Names a = network->agents[0]->GetAssociation()->GetNames();
        const IkeAssociation::Names b = network->agents[1]->GetAssociation()->GetNames();
        NS_TEST_EXPECT_MSG_EQ(a.initiatorCookie, b.initiatorCookie, "one SA");
        NS_TEST_EXPECT_MSG_EQ(a.responderCookie, b.responderCookie, "one SA");
        const std::string drops = network->GetDrops(0) + network->GetDrops(1);
        NS_TEST_EXPECT_MSG_EQ(drops, "bad-state", "the lesser cookie");
        const bool won = network->GetDrops(0) == "bad-state";
        NS_TEST_EXPECT_MSG_EQ_TOL(network->lines[2].when.GetSeconds(), 9.001, 1e-9, "who accepts");
        NS_TEST_EXPECT_MSG_EQ_TOL(network->lines[3].when.GetSeconds(), 9.002, 1e-9, "who asked");
        NS_TEST_EXPECT_MSG_EQ(network->lines[3].nodeId,
                              network->hosts.Get(won ? 0 : 1)->GetId(),
                              "is who won");
    }

    int64_t m_stream; //!< random streams
};

/// Behaviours 10 and 11.
class OneSidedTestCase : public DpdAgentTestCase
{
  public:
    OneSidedTestCase()
        : DpdAgentTestCase("Only one end has given up; and a reply that is lost")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("strongswan-ikev1", 2, LATER);
        network->agents[0]->SetAttribute("Timeout", TimeValue(Seconds(5)));
        network->SetCutAt(Seconds(1), true, false, true); // A hears nothing
        network->SetCutAt(Seconds(12), true, false, false);
        RunTo(13);
        Expect(0, "SetupTx", {5, 10});
        const IkeAssociation::Names first = network->agents[1]->GetAssociation()->GetNames();
        RunTo(20);
        Expect(0, "SetupTx", {5, 10, 15});
        ExpectLines("down 5 hold-time-expired; up 15.002 session-established", "");
        const IkeAssociation::Names a = network->agents[0]->GetAssociation()->GetNames();
        NS_TEST_EXPECT_MSG_EQ(a.initiatorCookie, first.initiatorCookie, "B has had it since 5 s");
        NS_TEST_EXPECT_MSG_EQ(a.responderCookie, first.responderCookie, "and told A so each time");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0) + network->GetDrops(1),
                              "",
                              "nothing is dropped");
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(0, "ReplyRx").size(), 2, "A asks, and is answered");
    }
};

/// Behaviour 11: what else may arrive while an SA is set up.
class HalfwayTestCase : public DpdAgentTestCase
{
  public:
    HalfwayTestCase()
        : DpdAgentTestCase("B has the new SA, and A does not know yet; then A knows twice")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("strongswan-ikev1", 2, 3);
        network->agents[0]->SetAttribute("Timeout", TimeValue(Seconds(5)));
        network->agents[1]->SetAttribute("Timeout", TimeValue(Seconds(100)));
        network->SetCutAt(Seconds(1), true, false, true); // A hears nothing
        network->SetCutAt(Seconds(12), true, false, false);
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(5)));
        RunTo(14.5);
        // A tries at 5 and 10 s, and B has had an SA since 5.001 s: it asks every 3 s.
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0), "bad-cookie", "at 14.002 s");
        ExpectLines("down 5 hold-time-expired", "");
        NS_TEST_EXPECT_MSG_EQ(network->GetTimes(0, "RequestRx").size(), 0, "A answers nothing");
        // The next attempt is followed by another one before the reply is there.
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(MicroSeconds(1500)));
        RunTo(15.1);
        Expect(0, "SetupTx", {5, 10, 15, 15.0015});
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0), "bad-cookie bad-state", "the second reply");
        ExpectLines("down 5 hold-time-expired; up 15.002 session-established", "");
    }
};

/// Behaviour 9: the end without a new beginning.
class GoneTestCase : public DpdAgentTestCase
{
  public:
    GoneTestCase()
        : DpdAgentTestCase("Data of an SA that is gone is a stranger's")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("racoon", 10, LATER);
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        network->agents[1]->SetAttribute("AnswerRequests", BooleanValue(false));
        network->SendDataAt(Seconds(34), 1);
        network->SendDataAt(Seconds(36), 1);
        RunTo(40);
        ExpectLines("down 35 keepalive-unanswered", "");
        Expect(0, "DataRx", {34.001});
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0), "bad-cookie", "the other one");
        NS_TEST_EXPECT_MSG_EQ(network->agents[0]->GetAssociation()->GetNames().initiatorCookie,
                              0,
                              "no names");
    }
};

/// Behaviour 12.
class CrashTestCase : public DpdAgentTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param boot when B boots, in seconds; it crashes at 15 s
     * @param reestablish whether B sets up an SA then
     * @param a what A's line protocol does
     * @param b what B's does
     * @param drops what B drops
     */
    CrashTestCase(double boot,
                  bool reestablish,
                  const std::string& a,
                  const std::string& b,
                  const std::string& drops)
        : DpdAgentTestCase("B crashes at 15 s, boots at " + std::to_string(boot)),
          m_boot(boot),
          m_reestablish(reestablish),
          m_a(a),
          m_b(b),
          m_drops(drops)
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("cisco-periodic", 10, LATER);
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(3)));
        network->agents[1]->SetAttribute("ReestablishDelay",
                                         TimeValue(Seconds(m_reestablish ? 5 : 0)));
        network->SetPoweredAt(Seconds(15), 1, false);
        network->SetPoweredAt(Seconds(m_boot), 1, true);
        network->SetPoweredAt(Seconds(m_boot), 1, true); // again changes nothing
        RunTo(59);
        ExpectLines(m_a, m_b);
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1), m_drops, "what B drops");
    }

    double m_boot;       //!< when B boots
    bool m_reestablish;  //!< B tries
    std::string m_a;     //!< A's line
    std::string m_b;     //!< B's line
    std::string m_drops; //!< of B
};

/// Behaviour 13.
class StallTestCase : public DpdAgentTestCase
{
  public:
    StallTestCase()
        : DpdAgentTestCase("A process that hangs for a while")
    {
    }

  private:
    void DoRun() override
    {
        // A asks at 10, 20, ...; it hangs from 15 to 27.5 s; B hangs from 39 to 45 s.
        AddAgents("cisco-periodic", 10, LATER);
        network->SetStalledAt(Seconds(15), 0, true);
        network->SendDataAt(Seconds(16), 1);
        network->SendDataAt(Seconds(17), 0);
        network->SetStalledAt(Seconds(27.5), 0, false);
        network->SetStalledAt(Seconds(27.6), 0, false); // again changes nothing
        network->SetStalledAt(Seconds(36.5), 1, true);
        network->SetStalledAt(Seconds(42), 1, false);
        RunTo(60);
        Expect(0, "RequestTx", {10, 27.5, 37.5, 39.5, 41.5, 43.5, 53.5});
        Expect(0, "DataRx", {16.001});
        Expect(1, "DataRx", {17.001});
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0), "", "nobody spoke to A meanwhile");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1),
                              "stalled stalled stalled",
                              "3 requests unheard");
        Expect(0, "ReplyRx", {10.002, 27.502, 43.502, 53.502});
        ExpectLines("", "");
    }
};

/// Behaviour 13: attempts wait, too, and so does the end.
class StallEndTestCase : public DpdAgentTestCase
{
  public:
    StallEndTestCase()
        : DpdAgentTestCase("A process that hangs gives nobody up, and tries nothing")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("racoon", 10, LATER);
        network->SetCutAt(Seconds(9), true, true, true);
        network->SetStalledAt(Seconds(33), 0, true); // the end would come at 35 s
        network->SetStalledAt(Seconds(50), 0, false);
        network->SetStalledAt(Seconds(52), 0, true);
        network->SetStalledAt(Seconds(68), 0, false);
        RunTo(73);
        Expect(0, "RequestTx", {10, 15, 20, 25, 30});
        ExpectLines("down 50 keepalive-unanswered", "");
        Expect(0, "SetupTx", {50, 70});
    }
};

/// Behaviour 13: on demand, too.
class StallOnDemandTestCase : public DpdAgentTestCase
{
  public:
    StallOnDemandTestCase()
        : DpdAgentTestCase("Data that is sent while the process hangs asks nothing")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("cisco-on-demand", 10, LATER);
        network->SetStalledAt(Seconds(15), 0, true);
        network->SendDataAt(Seconds(20), 0);
        network->SetStalledAt(Seconds(25), 0, false);
        network->SendDataAt(Seconds(30), 0);
        RunTo(35);
        Expect(0, "DataTx", {20, 30});
        Expect(0, "RequestTx", {30});
    }
};

/// Behaviours 14 and 17.
class StopTestCase : public DpdAgentTestCase
{
  public:
    StopTestCase()
        : DpdAgentTestCase("Data without an SA; a stopped agent; link-change callbacks")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("cisco-periodic", 10, LATER);
        network->agents[0]->AddLinkChangeCallback(MakeCallback(&StopTestCase::Changed, this));
        network->SetCutAt(Seconds(9), true, true, true);
        network->SendDataAt(Seconds(21), 0);
        network->SendDataAt(Seconds(23), 0); // down since 22 s
        network->SetPoweredAt(Seconds(24), 0, false);
        network->SendDataAt(Seconds(25), 0);
        network->SetPoweredAt(Seconds(26), 0, true);
        network->agents[0]->SetStopTime(Seconds(30));
        network->SendDataAt(Seconds(31), 0);
        RunTo(100);
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(0), "line-down admin-down admin-down", "reasons");
        Expect(0, "SetupTx", {22, 26});
        Expect(0, "DataTx", {21});
        NS_TEST_EXPECT_MSG_EQ(network->packets.back().when, Seconds(26), "silent from 30 s on");
        NS_TEST_EXPECT_MSG_EQ(m_changes, "22/1 ", "called when the trace has reported");
    }

    /// The line protocol changed.
    void Changed()
    {
        m_changes += std::to_string(Simulator::Now().GetInteger() / Seconds(1).GetInteger()) + "/" +
                     std::to_string(network->lines.size()) + " ";
    }

    std::string m_changes; //!< when, and how many lines there were
};

/// Behaviour 17, where it hurts.
class StopWithinTestCase : public DpdAgentTestCase
{
  public:
    StopWithinTestCase()
        : DpdAgentTestCase("Stopped with a request overdue; switched off by who is told of one")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("cisco-periodic", 10, 10);
        network->SetStalledAt(Seconds(5), 0, true);
        network->agents[0]->SetStopTime(Seconds(15));
        network->SetStalledAt(Seconds(20), 0, false);
        network->agents[1]->TraceConnectWithoutContext(
            "RequestTx",
            MakeCallback(&StopWithinTestCase::SwitchOff, this));
        RunTo(100);
        Expect(0, "RequestTx", {});
        Expect(1, "RequestTx", {10});
    }

    /// B asks.
    void SwitchOff(Ptr<const Packet>, uint32_t)
    {
        network->agents[1]->SetPowered(false);
    }
};

/// Behaviour 15.
class MoveTestCase : public DpdAgentTestCase
{
  public:
    MoveTestCase()
        : DpdAgentTestCase("A peer that moves is answered where it is")
    {
    }

  private:
    void DoRun() override
    {
        AddAgents("strongswan-ikev2", LATER, 10);
        network->agents[1]->SetAttribute("RemotePort", UintegerValue(4600)); // nobody is there
        network->agents[1]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        // A NAT would have rewritten A's request to this port.
        const IkeCipherSuite* suite = IkeCipherSuite::Find("aes-cbc-sha256-128", 2);
        RunTo(1);
        DpdMessage message;
        message.ikeVersion = 2;
        const IkeAssociation::Names names = network->agents[0]->GetAssociation()->GetNames();
        message.initiatorCookie = names.initiatorCookie;
        message.responderCookie = names.responderCookie;
        message.messageId = 2;
        Ptr<Packet> packet = message.Write(*suite);
        Bytes bytes(4 + packet->GetSize());
        packet->CopyData(&bytes[4], packet->GetSize());
        network->SendBytesAt(Seconds(1), 0, 4700, 4500, bytes);
        network->SendBytesAt(Seconds(3), 0, 4800, 4500, {0xff}); // which is not followed
        RunTo(12.5);
        NS_TEST_ASSERT_MSG_EQ(network->packets.size(), 4, "request, answer, 0xff, request");
        NS_TEST_EXPECT_MSG_EQ(network->packets[1].destination, 4700, "the answer");
        NS_TEST_EXPECT_MSG_EQ(network->packets[3].when, Seconds(12.001), "B's own request");
        NS_TEST_EXPECT_MSG_EQ(network->packets[3].destination, 4700, "goes there, too");
    }
};

/// Behaviour 16.
class AttributeTestCase : public DpdAgentTestCase
{
  public:
    AttributeTestCase()
        : DpdAgentTestCase("Attributes")
    {
    }

  private:
    /**
     * @brief Why an agent with these attributes cannot work.
     * @param attributes attributes with values in words
     * @return the reason
     */
    std::string CheckWith(const std::map<std::string, std::string>& attributes)
    {
        Ptr<DpdAgent> agent = CreateObject<DpdAgent>();
        for (const auto& attribute : attributes)
        {
            agent->SetAttribute(attribute.first, StringValue(attribute.second));
        }
        return agent->Check();
    }

    void DoRun() override
    {
        NS_TEST_EXPECT_MSG_EQ(CheckWith({}), "", "the defaults work");
        NS_TEST_EXPECT_MSG_EQ(CheckWith({{"Profile", "cisco"}}),
                              "there is no profile cisco",
                              "profile");
        NS_TEST_EXPECT_MSG_EQ(CheckWith({{"CipherSuite", "aes-gcm-16"}}),
                              "there is no cipher suite aes-gcm-16 in this version of IKE",
                              "suite");
        NS_TEST_EXPECT_MSG_EQ(
            CheckWith({{"Profile", "strongswan-ikev2"}, {"CipherSuite", "aes-gcm-16"}}),
            "",
            "suite");
        NS_TEST_EXPECT_MSG_EQ(
            CheckWith({{"Profile", "strongswan-ikev2"}, {"RetransmitBase", "0.5"}}),
            "the base must be 1 or more",
            "base");
        NS_TEST_EXPECT_MSG_NE(CheckWith({{"Profile", "strongswan-ikev1"}, {"Timeout", "30s"}}),
                              "",
                              "timeout");
        NS_TEST_EXPECT_MSG_NE(CheckWith({{"Profile", "racoon"}, {"Mode", "Periodic"}}),
                              "x",
                              "mode");
        NS_TEST_EXPECT_MSG_EQ(CheckWith({{"Delay", "1ms"}, {"Retry", "1us"}}), "", "any above 0");
        Ptr<DpdAgent> agent = CreateObject<DpdAgent>();
        for (const char* name : {"Delay", "Retry", "Timeout", "RetransmitTimeout"})
        {
            NS_TEST_EXPECT_MSG_EQ(agent->SetAttributeFailSafe(name, TimeValue(Seconds(-1))),
                                  false,
                                  name);
        }
        NS_TEST_EXPECT_MSG_EQ(agent->AssignStreams(5), 2, "streams");

        // The phase: A would ask at 10 s, and has waited for 7.5 s when it starts.
        AddAgents("cisco-periodic", 10, LATER);
        network->agents[0]->SetAttribute("StartPhase",
                                         StringValue("ns3::ConstantRandomVariable[Constant=0.75]"));
        RunTo(15);
        Expect(0, "RequestTx", {2.5, 12.5});
        ExpectLines("", "");
        const uint32_t number = network->reports.at(0).number;

        // Same streams, same numbers; other SaId, other cookies, and nobody listens.
        network.reset();
        network = std::make_unique<DpdTestNetwork>();
        AddAgents("cisco-periodic", 10, LATER);
        network->agents[0]->SetAttribute("SaId", UintegerValue(2));
        network->agents[0]->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        RunTo(15);
        NS_TEST_EXPECT_MSG_EQ(network->reports.at(0).number, number, "the same number");
        NS_TEST_EXPECT_MSG_EQ(network->GetDrops(1),
                              "bad-cookie bad-cookie bad-cookie",
                              "strangers");
    }
};

/// Behaviour of DpdAgent.
class DpdAgentTestSuite : public TestSuite
{
  public:
    DpdAgentTestSuite()
        : TestSuite("keepalive-dpd-agent")
    {
        AddTestCase(new AliveTestCase("cisco-periodic", false, "", 92));
        AddTestCase(new AliveTestCase("cisco-periodic", true, "none", 88));
        AddTestCase(new AliveTestCase("racoon", true, "", 88));
        AddTestCase(new AliveTestCase("libreswan", true, "", 96));
        AddTestCase(new AliveTestCase("libreswan-ikev2", true, "", 61));
        AddTestCase(new AliveTestCase("strongswan-ikev1", true, "3des-md5", 88));
        AddTestCase(new AliveTestCase("strongswan-ikev2", false, "", 80));
        AddTestCase(new AliveTestCase("strongswan-ikev2", true, "none", 32));
        // Requests at 10, 20 (or 20.002) before the cut.
        AddTestCase(new CutTestCase("cisco-periodic",
                                    {},
                                    "down 42 keepalive-unanswered",
                                    {30, 32, 34, 36, 38, 40}));
        AddTestCase(new CutTestCase("cisco-periodic",
                                    {{"FinalWait", "false"}, {"Retry", "3s"}, {"Retries", "2"}},
                                    "down 36 keepalive-unanswered",
                                    {30, 33, 36}));
        AddTestCase(new CutTestCase("strongswan-ikev1",
                                    {{"Timeout", "35s"}},
                                    "down 55.004 hold-time-expired",
                                    {30.004, 40.004, 50.004}));
        AddTestCase(new CutTestCase("strongswan-ikev2",
                                    {{"Timeout", "35s"}}, // which means nothing
                                    "down 195.06512 keepalive-unanswered",
                                    {30.004, 34.004, 41.204, 54.164, 77.492, 119.4824}));
        AddTestCase(new CutTestCase("racoon",
                                    {},
                                    "down 55.004 keepalive-unanswered",
                                    {30.004, 35.004, 40.004, 45.004, 50.004}));
        AddTestCase(new CutTestCase("libreswan",
                                    {{"Delay", "3s"}, {"Timeout", "5s"}},
                                    "down 32.016 hold-time-expired",
                                    {27.016, 30.016}));
        AddTestCase(new CutTestCase("libreswan-ikev2",
                                    {{"Delay", "3s"}, {"Timeout", "5s"}},
                                    "down 91 keepalive-unanswered",
                                    {27, 27.5, 28, 29, 31, 35, 43, 59}));
        AddTestCase(new CutTestCase("libreswan-ikev2",
                                    {{"Delay", "3s"}, {"RetransmitTimeout", "5s"}},
                                    "down 35 keepalive-unanswered",
                                    {27, 27.5, 28, 29, 31}));
        AddTestCase(new DataTestCase("cisco-periodic", true, false));
        AddTestCase(new DataTestCase("racoon", true, false));
        AddTestCase(new DataTestCase("strongswan-ikev1", true, true));
        AddTestCase(new DataTestCase("strongswan-ikev2", false, true));
        AddTestCase(new DataTestCase("libreswan", true, false));
        AddTestCase(new DataTestCase("libreswan", false, true));
        AddTestCase(new DataTestCase("libreswan-ikev2", true, true));
        AddTestCase(new DataOnlyTestCase("cisco-periodic", ""));
        AddTestCase(new DataOnlyTestCase("strongswan-ikev1", ""));
        AddTestCase(new DataOnlyTestCase("strongswan-ikev2", ""));
        AddTestCase(new DataOnlyTestCase("racoon", "down 35 keepalive-unanswered"));
        AddTestCase(new DataOnlyTestCase("libreswan", "down 130 hold-time-expired"));
        AddTestCase(new OnDemandTestCase);
        AddTestCase(new LostResponseTestCase);
        AddTestCase(new WrongMessageTestCase("cisco-periodic"));
        AddTestCase(new WrongMessageTestCase("strongswan-ikev2"));
        AddTestCase(new MuteTestCase);
        AddTestCase(new ReestablishTestCase("cisco-periodic", 184));
        AddTestCase(new ReestablishTestCase("strongswan-ikev2", 466));
        for (int64_t run = 100; run < 108; run++)
        {
            AddTestCase(new CollisionTestCase(run));
        }
        AddTestCase(new OneSidedTestCase);
        AddTestCase(new HalfwayTestCase);
        AddTestCase(new GoneTestCase);
        // A asks at 20 s, then every 2 s, and would give up at 32 s.
        AddTestCase(new CrashTestCase(25,
                                      true,
                                      "",
                                      "down 15 node-crashed; up 25.002 session-established",
                                      "admin-down admin-down admin-down"));
        AddTestCase(new CrashTestCase(25,
                                      false,
                                      "down 32 keepalive-unanswered; up 32.002 session-established",
                                      "down 15 node-crashed; up 32.001 session-established",
                                      "admin-down admin-down admin-down bad-cookie bad-cookie "
                                      "bad-cookie"));
        AddTestCase(new CrashTestCase(40,
                                      false,
                                      "down 32 keepalive-unanswered; up 41.002 session-established",
                                      "down 15 node-crashed; up 41.001 session-established",
                                      "admin-down admin-down admin-down admin-down admin-down "
                                      "admin-down admin-down admin-down admin-down"));
        AddTestCase(new StallTestCase);
        AddTestCase(new StallEndTestCase);
        AddTestCase(new StallOnDemandTestCase);
        AddTestCase(new StopTestCase);
        AddTestCase(new StopWithinTestCase);
        AddTestCase(new MoveTestCase);
        AddTestCase(new AttributeTestCase);
    }
};

DpdAgentTestSuite g_dpdAgentTestSuite; //!< registers the suite

} // namespace
