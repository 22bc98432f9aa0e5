/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief What strongSwan 5.9.8 was measured to do, and what the agents do: the same, to 10 ms.
 *
 * 1. IKEv1, delay 2 s, timeout 10 s, when the peer falls silent: a new request every 2 s with the
 *    next number, the end 10.0 s after the last packet received.
 * 2. IKEv2 with its defaults: the same message again at +4.0, +11.2, +24.2, +47.5, +89.5 s, the end
 *    at +165.06 s.
 * 3. IKEv2 with timeout 1, base 1.8, tries 3: +1.000, +2.801, +6.041, the end at +11.874 s.
 * 4. Traffic: with A asking every 2 s, B with a delay of 3 s asks nothing until A is cut off, then
 *    3.0 s after the last packet received.
 * 5. The times of every request in strongswan-dpd-ikev1.pcap and strongswan-dpd-ikev2-default.pcap
 *    follow from those of the packets received before.
 * 6. Sizes, ports, marker, flags and message IDs are those of the captures.
 */

#include "dpd-test-network.h"

#include "ns3/double.h"
#include "ns3/dpd-decision.h"
#include "ns3/dpd-profile.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

constexpr double TOLERANCE = 0.010; //!< of real times, in seconds
constexpr double SECOND = 1e9;      //!< in ns

/// What all cases here check.
class OracleTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

  protected:
    /**
     * @brief Compare times.
     * @param got the times
     * @param expected as they were measured
     * @param origin what they are relative to
     */
    void Expect(const std::vector<double>& got, const std::vector<double>& expected, double origin)
    {
        NS_TEST_ASSERT_MSG_EQ(got.size(), expected.size(), "how many");
        for (std::size_t i = 0; i < got.size(); i++)
        {
            NS_TEST_EXPECT_MSG_EQ_TOL(got[i] - origin, expected[i], TOLERANCE, "number " << i);
        }
    }

    /**
     * @brief What a host sent from some time on.
     * @param network the network
     * @param host 0 for A, 1 for B
     * @param from when, in seconds
     * @return the times of its requests, in seconds
     */
    std::vector<double> GetRequests(const DpdTestNetwork& network, uint32_t host, double from)
    {
        std::vector<double> times;
        for (const double time : network.GetTimes(host, "RequestTx"))
        {
            if (time >= from)
            {
                times.push_back(time);
            }
        }
        return times;
    }
};

/// Behaviour 1, and sizes of 6.
class IkeV1TestCase : public OracleTestCase
{
  public:
    IkeV1TestCase()
        : OracleTestCase("IKEv1, 2 s and 10 s")
    {
    }

  private:
    void DoRun() override
    {
        DpdTestNetwork network;
        Ptr<DpdAgent> a = network.AddAgent(0, "strongswan-ikev1");
        Ptr<DpdAgent> b = network.AddAgent(1, "strongswan-ikev1");
        a->SetAttribute("Delay", TimeValue(Seconds(2)));
        a->SetAttribute("Timeout", TimeValue(Seconds(10)));
        a->SetAttribute("Encapsulation", StringValue("Udp500"));
        a->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        b->SetAttribute("Encapsulation", StringValue("Udp500"));
        b->SetAttribute("Delay", TimeValue(Seconds(1000)));
        b->SetAttribute("Timeout", TimeValue(Seconds(2000)));
        network.SetCutAt(Seconds(11), true, true, true); // after 5 answers, as in the capture
        Simulator::Stop(Seconds(100));
        Simulator::Run();

        const std::vector<double> replies = network.GetTimes(0, "ReplyRx");
        NS_TEST_ASSERT_MSG_EQ(replies.size(), 5, "5 answers");
        const double last = replies.back();
        Expect(network.GetTimes(0, "RequestTx"),
               {2, 4, 6, 8, 10, last + 2, last + 4, last + 6, last + 8},
               0);
        NS_TEST_ASSERT_MSG_EQ(network.lines.at(0).up, false, "A gives B up");
        NS_TEST_EXPECT_MSG_EQ_TOL(network.lines[0].when.GetSeconds() - last,
                                  10.0,
                                  TOLERANCE,
                                  "end");
        NS_TEST_EXPECT_MSG_EQ(std::string(ToString(network.lines[0].cause)),
                              "hold-time-expired",
                              "cause");

        std::set<uint32_t> ids;
        uint32_t number = 0;
        for (const auto& report : network.reports)
        {
            if (report.trace == "RequestTx")
            {
                NS_TEST_EXPECT_MSG_EQ((number == 0 || report.number == number + 1),
                                      true,
                                      "each has the next number");
                number = report.number;
            }
        }
        for (const auto& seen : network.packets)
        {
            NS_TEST_EXPECT_MSG_EQ(seen.source, 500, "UDP port");
            NS_TEST_EXPECT_MSG_EQ(seen.destination, 500, "UDP port");
            NS_TEST_EXPECT_MSG_EQ(seen.bytes.size(), 108, "as captured");
            NS_TEST_EXPECT_MSG_EQ(+seen.bytes[18], 5, "Informational");
            NS_TEST_EXPECT_MSG_EQ(+seen.bytes[19], 1, "encrypted");
            ids.insert(uint32_t{seen.bytes[20]} << 24 | uint32_t{seen.bytes[21]} << 16 |
                       uint32_t{seen.bytes[22]} << 8 | seen.bytes[23]);
        }
        NS_TEST_EXPECT_MSG_EQ(network.packets.size(), 9 + 5, "requests and answers");
        NS_TEST_EXPECT_MSG_EQ(ids.size(), network.packets.size(), "each has its own message ID");
    }
};

/// Behaviours 2 and 3, and sizes of 6.
class IkeV2TestCase : public OracleTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name what is measured
     * @param timeout retransmit_timeout, in seconds
     * @param tries retransmit_tries
     * @param again when the message is sent again, after the first time
     * @param end when the peer is given up, after the first time
     */
    IkeV2TestCase(const std::string& name,
                  double timeout,
                  uint32_t tries,
                  std::vector<double> again,
                  double end)
        : OracleTestCase(name),
          m_timeout(timeout),
          m_tries(tries),
          m_again(std::move(again)),
          m_end(end)
    {
    }

  private:
    void DoRun() override
    {
        DpdTestNetwork network;
        Ptr<DpdAgent> a = network.AddAgent(0, "strongswan-ikev2");
        network.AddAgent(1, "strongswan-ikev2")->SetAttribute("Delay", TimeValue(Seconds(1000)));
        a->SetAttribute("Delay", TimeValue(Seconds(2)));
        a->SetAttribute("Retry", TimeValue(Seconds(m_timeout)));
        a->SetAttribute("RetransmitBase", DoubleValue(1.8));
        a->SetAttribute("Retries", UintegerValue(m_tries));
        a->SetAttribute("ReestablishDelay", TimeValue(Seconds(0)));
        network.SetCutAt(Seconds(5), true, true, true); // after 2 answers, as in the capture
        Simulator::Stop(Seconds(500));
        Simulator::Run();

        const std::vector<double> replies = network.GetTimes(0, "ReplyRx");
        NS_TEST_ASSERT_MSG_EQ(replies.size(), 2, "2 answers");
        const std::vector<double> silent = GetRequests(network, 0, 5);
        NS_TEST_ASSERT_MSG_GT(silent.size(), 0, "it asks");
        NS_TEST_EXPECT_MSG_EQ_TOL(silent[0] - replies.back(), 2.0, TOLERANCE, "2.00 s after");
        std::vector<double> expected{0};
        expected.insert(expected.end(), m_again.begin(), m_again.end());
        Expect(silent, expected, silent[0]);
        NS_TEST_EXPECT_MSG_EQ_TOL(network.lines.at(0).when.GetSeconds() - silent[0],
                                  m_end,
                                  TOLERANCE,
                                  "the end");
        NS_TEST_EXPECT_MSG_EQ(network.lines.size(), 1, "B asks too rarely to notice");

        // Message IDs 2, 3 and 4; 4 is sent again and again, octet for octet.
        std::set<std::vector<uint8_t>> octets;
        for (const auto& seen : network.packets)
        {
            NS_TEST_EXPECT_MSG_EQ(seen.source, 4500, "UDP port");
            NS_TEST_EXPECT_MSG_EQ(seen.destination, 4500, "UDP port");
            NS_TEST_EXPECT_MSG_EQ(seen.bytes.size(), 84, "80 octets and the marker, as captured");
            NS_TEST_EXPECT_MSG_EQ(std::count(seen.bytes.begin(), seen.bytes.begin() + 4, 0),
                                  4,
                                  "non-ESP marker");
            NS_TEST_EXPECT_MSG_EQ(+seen.bytes[4 + 18], 37, "INFORMATIONAL");
            NS_TEST_EXPECT_MSG_EQ(+seen.bytes[4 + 19], (seen.fromA ? 0x08 : 0x20), "flags");
            const bool last = seen.when.GetSeconds() > 5;
            if (last)
            {
                NS_TEST_EXPECT_MSG_EQ(+seen.bytes[4 + 23], 4, "message ID");
            }
            octets.insert(seen.bytes);
        }
        NS_TEST_EXPECT_MSG_EQ(octets.size(), 5, "2 requests, 2 responses, and the last request");
        NS_TEST_EXPECT_MSG_EQ(network.packets.size(), 5 + m_again.size(), "packets");
    }

    double m_timeout;            //!< retransmit_timeout
    uint32_t m_tries;            //!< retransmit_tries
    std::vector<double> m_again; //!< when it is sent again
    double m_end;                //!< the end
};

/// Behaviour 4.
class TrafficTestCase : public OracleTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param profile the profile of both
     */
    explicit TrafficTestCase(const std::string& profile)
        : OracleTestCase("B asks nothing while A does, with " + profile),
          m_profile(profile)
    {
    }

  private:
    void DoRun() override
    {
        DpdTestNetwork network;
        network.AddAgent(0, m_profile)->SetAttribute("Delay", TimeValue(Seconds(2)));
        network.AddAgent(1, m_profile)->SetAttribute("Delay", TimeValue(Seconds(3)));
        network.SetCutAt(Seconds(21), false, true, true);
        Simulator::Stop(Seconds(27));
        Simulator::Run();
        const std::vector<double> heard = network.GetTimes(1, "RequestRx");
        NS_TEST_ASSERT_MSG_EQ(heard.size(), 10, "A has asked");
        const std::vector<double> asked = network.GetTimes(1, "RequestTx");
        NS_TEST_ASSERT_MSG_GT(asked.size(), 0, "B asks in the end");
        NS_TEST_EXPECT_MSG_EQ_TOL(asked[0] - heard.back(), 3.0, 1e-9, "3.0 s after the last one");
    }

    std::string m_profile; //!< of both
};

/// Behaviour 5.
class CaptureTestCase : public OracleTestCase
{
  public:
    CaptureTestCase()
        : OracleTestCase("The times of the requests in the captures")
    {
    }

  private:
    void DoRun() override
    {
        // Seconds after 1795230000, as tshark prints them: received, and requests that follow.
        // strongswan-dpd-ikev1.pcap: frame 6 is the last of Main Mode.
        Follow("strongswan-ikev1",
               10,
               14.842901,
               {{16.845269, 16.846370},
                {18.845452, 18.851836},
                {20.845640, 20.846736},
                {22.845811, 22.846892},
                {24.845982, 24.847088},
                {26.846153, 0},
                {28.846324, 0},
                {30.846514, 0},
                {32.846715, 0}});
        // strongswan-dpd-ikev2-default.pcap: frame 4 is the IKE_AUTH response. Seconds after
        // 1795230000.
        Follow("strongswan-ikev2",
               0,
               89.406577,
               {{91.408141, 91.408830},
                {93.410739, 93.411486},
                {95.408541, 0},
                {99.408786, 0},
                {106.609172, 0},
                {119.569451, 0},
                {142.897830, 0},
                {184.888256, 0}});
    }

    /// A request and what came back.
    struct Exchange
    {
        double request; //!< when it was sent
        double answer;  //!< when it was answered; 0 if it was not
    };

    /**
     * @brief Let a decision hear what strongSwan heard, and compare what they do.
     * @param name the profile
     * @param timeout its timeout, in seconds; 0 for its own
     * @param start the last packet of the setup
     * @param exchanges what was seen
     */
    void Follow(const std::string& name,
                double timeout,
                double start,
                const std::vector<Exchange>& exchanges)
    {
        DpdProfile::Choices choices;
        choices.delay = 2000000000;
        if (timeout > 0)
        {
            choices.timeout = std::llround(timeout * SECOND);
        }
        DpdDecision decision(DpdProfile::Find(name)->Configure(choices));
        int64_t wake = decision.Start(std::llround(start * SECOND)).wake;
        for (const Exchange& exchange : exchanges)
        {
            DpdDecision::Verdict verdict;
            do // it may look without asking
            {
                verdict = decision.OnTimer(wake);
                NS_TEST_ASSERT_MSG_EQ(verdict.dead, false, name);
                if (verdict.send == DpdDecision::Send::NOTHING)
                {
                    wake = verdict.wake;
                }
            } while (verdict.send == DpdDecision::Send::NOTHING);
            NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(wake) / SECOND,
                                      exchange.request,
                                      TOLERANCE,
                                      name);
            wake = exchange.answer > 0
                       ? decision.OnAnswer(std::llround(exchange.answer * SECOND)).wake
                       : verdict.wake;
        }
    }
};

/// The schedules of strongSwan.
class DpdStrongswanOracleTestSuite : public TestSuite
{
  public:
    DpdStrongswanOracleTestSuite()
        : TestSuite("keepalive-dpd-strongswan-oracle")
    {
        AddTestCase(new IkeV1TestCase);
        AddTestCase(
            new IkeV2TestCase("IKEv2, defaults", 4, 5, {4.0, 11.2, 24.16, 47.49, 89.48}, 165.06));
        AddTestCase(new IkeV2TestCase("IKEv2, timeout 1, base 1.8, tries 3",
                                      1,
                                      3,
                                      {1.000, 2.801, 6.041},
                                      11.874));
        AddTestCase(new TrafficTestCase("strongswan-ikev1"));
        AddTestCase(new TrafficTestCase("strongswan-ikev2"));
        AddTestCase(new CaptureTestCase);
    }
};

DpdStrongswanOracleTestSuite g_dpdStrongswanOracleTestSuite; //!< registers the suite

} // namespace
