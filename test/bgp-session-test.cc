/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief BGP sessions between two speakers: how they come up, how long they last, why they end.
 *
 * Hold time 9 s and the profile frr, which has no jitter, unless said; one-way delay 5 ms.
 *
 * 1. Two ends that connect at the same time, and two of which one is passive, end up with one
 *    session, whichever has the higher identifier; both passive never do.
 * 2. The hold time is the smaller of both proposals; KEEPALIVEs come every third of it, and not
 *    more often than every second; jitter keeps them between 0.75 and 1 of that.
 * 3. A silent cut is noticed one hold time after the last KEEPALIVE, by both ends, to the
 *    nanosecond; a NOTIFICATION says so; after the repair the session comes back.
 * 4. A cut in one direction is noticed by who no longer hears, and by the other through the
 *    NOTIFICATION.
 * 5. Hold time 0: no KEEPALIVE but the one that confirms the OPEN, and nobody ever notices.
 * 6. A hold time of 1 s or 2 s is refused with NOTIFICATION 2/6, a wrong AS with 2/2, an identifier
 *    of our own with 2/3; and the session never comes up.
 * 7. A peer that hangs is noticed though its TCP goes on acknowledging; when it comes back, it
 *    ends its own session or, as frr and bird do, looks at what has arrived first.
 * 8. A peer that crashes and boots is noticed by its reset when something is sent to it.
 * 9. A user timeout of TCP shorter than the hold time ends the session first, and says so; so do
 *    TCP keepalives.
 * 10. bird says late that its hold timer expired; exabgp notices a second later.
 * 11. The operator's shutdown and reset are told, with their subcode; a reset comes up again at
 *     once.
 * 12. UPDATEs restart the keepalive timer where the profile says so, and only there.
 * 13. Whatever is disposed of whenever, nothing is left.
 */

#include "bgp-test-network.h"
#include "keepalive-statistics.h"

#include "ns3/boolean.h"
#include "ns3/failure-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

using namespace ns3;
using namespace ns3::keepalive;
using namespace ns3::keepalive::tests;

namespace
{

/**
 * @ingroup keepalive-tests
 * @brief Set hold time and profile of the neighbours to come.
 * @param network the network
 * @param holdTime in seconds
 * @param profile name of a profile
 */
void
Configure(BgpTestNetwork& network, double holdTime, const char* profile = "frr")
{
    network.SetTimers(holdTime, profile);
}

/**
 * @ingroup keepalive-tests
 * @brief 1. Coming up.
 */
class ComingUpTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param higherFirst the first speaker has the higher identifier
     * @param passive how many of the two ends are passive
     * @param profile of both
     */
    ComingUpTestCase(bool higherFirst, uint32_t passive, const char* profile)
        : TestCase("comes up, higher " + std::to_string(higherFirst) + ", passive " +
                   std::to_string(passive) + ", " + profile),
          m_higherFirst(higherFirst),
          m_passive(passive),
          m_profile(profile)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9, m_profile);
        if (m_higherFirst)
        {
            network.speakers[0]->SetAttribute("RouterId", Ipv4AddressValue("9.9.9.9"));
        }
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("Passive", BooleanValue(m_passive > 0));
        link.first->SetAttribute("Passive", BooleanValue(m_passive > 1));
        network.RunUntil(Seconds(60));
        const std::size_t expected = m_passive == 2 ? 0 : 1;
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), expected, "ups of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 0U, "downs of " << end);
        }
        if (m_passive == 0)
        {
            NS_TEST_EXPECT_MSG_GT(network.Find(0, 0, "said Cease/Connection Collision").size() +
                                      network.Find(1, 0, "said Cease/Connection Collision").size(),
                                  0U,
                                  "they do collide");
            // Section 6.8: the connection of the end with the higher identifier stays.
            NS_TEST_EXPECT_MSG_EQ(link.first->GetSession()->IsIncoming(),
                                  !m_higherFirst,
                                  "which connection stays");
        }
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), (expected == 1), "still up");
        NS_TEST_EXPECT_MSG_EQ(link.second->IsEstablished(), (expected == 1), "still up");
    }

    bool m_higherFirst;    //!< the first speaker has the higher identifier
    uint32_t m_passive;    //!< how many ends are passive
    const char* m_profile; //!< of both
};

/**
 * @ingroup keepalive-tests
 * @brief 1. Equal identifiers in two ASes (RFC 6286): the larger AS keeps its connection.
 */
class EqualIdentifiersTestCase : public TestCase
{
  public:
    EqualIdentifiersTestCase()
        : TestCase("comes up with equal identifiers")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9);
        network.speakers[1]->SetAttribute("RouterId", Ipv4AddressValue("1.1.1.1"));
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        network.RunUntil(Seconds(60));
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 1U, "ups of " << end);
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 0U, "downs of " << end);
        }
        NS_TEST_EXPECT_MSG_EQ(link.first->GetSession()->IsIncoming(), true, "that of AS 65002");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Times agreed on.
 */
class NegotiationTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param first hold time of the first, seconds
     * @param second hold time of the second, seconds
     * @param profile of both
     * @param shortest least time between KEEPALIVEs, seconds
     * @param longest greatest time between KEEPALIVEs, seconds
     */
    NegotiationTestCase(double first,
                        double second,
                        const char* profile,
                        double shortest,
                        double longest)
        : TestCase("hold times " + std::to_string(first) + " and " + std::to_string(second) + ", " +
                   profile),
          m_first(first),
          m_second(second),
          m_profile(profile),
          m_shortest(shortest),
          m_longest(longest)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, m_first, m_profile);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("HoldTime", TimeValue(Seconds(m_second)));
        network.RunUntil(Seconds(200 * m_longest));
        for (const auto& neighbor : {link.first, link.second})
        {
            NS_TEST_EXPECT_MSG_EQ(neighbor->GetSession()->GetAgreement().GetHoldTime(),
                                  std::min(m_first, m_second),
                                  "hold time");
        }
        for (const uint32_t end : {0, 1})
        {
            const Time up = network.Find(end, 0, "up ").at(0);
            Time previous;
            double least = 1e9;
            double greatest = 0;
            for (const Time& time : network.Find(end, 0, "tx KEEPALIVE"))
            {
                if (previous > up)
                {
                    least = std::min(least, (time - previous).GetSeconds());
                    greatest = std::max(greatest, (time - previous).GetSeconds());
                }
                previous = time;
            }
            NS_TEST_EXPECT_MSG_GT_OR_EQ(least, m_shortest - 1e-9, "least time");
            NS_TEST_EXPECT_MSG_LT_OR_EQ(greatest, m_longest + 1e-9, "greatest time");
            // The range is made use of.
            const double width = m_longest - m_shortest;
            NS_TEST_EXPECT_MSG_LT_OR_EQ(least, m_shortest + 0.1 * width + 1e-9, "least time");
            NS_TEST_EXPECT_MSG_GT_OR_EQ(greatest, m_longest - 0.1 * width - 1e-9, "greatest time");
        }
    }

    double m_first;        //!< hold time of the first
    double m_second;       //!< hold time of the second
    const char* m_profile; //!< of both
    double m_shortest;     //!< least time between KEEPALIVEs
    double m_longest;      //!< greatest time between KEEPALIVEs
};

/**
 * @ingroup keepalive-tests
 * @brief 2. Never more than one KEEPALIVE a second, though the jitter says so.
 */
class ShortestIntervalTestCase : public TestCase
{
  public:
    ShortestIntervalTestCase()
        : TestCase("one KEEPALIVE a second at most")
    {
    }

  private:
    void DoRun() override
    {
        constexpr double NOMINAL = 1.2; // jittered to 0.9 to 1.2 s, of which a third is too short
        constexpr double RUN = 3000;
        BgpTestNetwork network(2);
        Configure(network, 9, "rfc4271");
        network.helper.SetNeighborAttribute("KeepaliveTime", TimeValue(Seconds(NOMINAL)));
        network.Connect(0, 1);
        network.RunUntil(Seconds(RUN));
        const std::vector<Time> sent = network.Find(0, 0, "tx KEEPALIVE");
        NS_TEST_ASSERT_MSG_GT(sent.size(), RUN / NOMINAL, "some");
        std::vector<double> longer;
        std::size_t shortest = 0;
        for (std::size_t i = 2; i < sent.size(); i++) // the first confirms the OPEN
        {
            const double interval = (sent[i] - sent[i - 1]).GetSeconds();
            NS_TEST_ASSERT_MSG_GT_OR_EQ(interval, 1 - 1e-9, "one a second");
            if (interval < 1 + 1e-6)
            {
                shortest++;
            }
            else
            {
                longer.push_back((interval - 1) / (NOMINAL - 1));
            }
        }
        const double count = static_cast<double>(shortest + longer.size());
        const double deviation = std::sqrt(count / 3 * 2 / 3);
        NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(shortest),
                                  count / 3,
                                  4 * deviation,
                                  "a third of them");
        NS_TEST_EXPECT_MSG_GT(KolmogorovSmirnovP(longer), 0.001, "the others evenly");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. A silent cut.
 */
class SilentCutTestCase : public TestCase
{
  public:
    SilentCutTestCase()
        : TestCase("silent cut")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        network.speakers[1]->SetStartTime(Seconds(1.5));
        Simulator::Schedule(Seconds(100), &LinkCut::Fail, link.cut);
        Simulator::Schedule(Seconds(130), &LinkCut::Repair, link.cut);
        network.RunUntil(Seconds(129));
        for (const uint32_t end : {0, 1})
        {
            const Time last = network.Find(end, 0, "rx KEEPALIVE").back();
            NS_TEST_EXPECT_MSG_GT(last, Seconds(97), "it heard something to the end");
            NS_TEST_ASSERT_MSG_EQ(network.Find(end, 0, "down ").size(), 1U, "it notices");
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").back(),
                                  last + Seconds(9),
                                  "one hold time after it");
            NS_TEST_EXPECT_MSG_EQ(network.FindLast(end, 0, "down "),
                                  "down hold-time-expired",
                                  "and knows why");
            NS_TEST_EXPECT_MSG_EQ(network.FindLast(end, 0, "said "),
                                  "said Hold Timer Expired",
                                  "and says so");
        }
        network.RunUntil(Seconds(200));
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 2U, "it comes back");
            NS_TEST_EXPECT_MSG_GT(network.Find(end, 0, "up ").back(), Seconds(130), "after that");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. A cut in one direction.
 */
class OneWayCutTestCase : public TestCase
{
  public:
    OneWayCutTestCase()
        : TestCase("one-way cut")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        Simulator::Schedule(Seconds(100), &LinkCut::Fail, link.cutToFirst);
        network.RunUntil(Seconds(115));
        const Time last = network.Find(0, 0, "rx KEEPALIVE").back();
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "down hold-time-expired").at(0),
                              last + Seconds(9),
                              "who no longer hears");
        const Time told = network.Find(1, 0, "down notification-received").at(0);
        NS_TEST_EXPECT_MSG_GT(told, last + Seconds(9) + MilliSeconds(5), "is told");
        NS_TEST_EXPECT_MSG_LT(told, last + Seconds(9) + MilliSeconds(6), "is told");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "heard "), "heard Hold Timer Expired", "what");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. No hold time.
 */
class NoHoldTimeTestCase : public TestCase
{
  public:
    NoHoldTimeTestCase()
        : TestCase("hold time 0")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 0);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("HoldTime", TimeValue(Seconds(90)));
        link.second->SetAttribute("Passive", BooleanValue(true));
        Simulator::Schedule(Seconds(100), &LinkCut::Fail, link.cut);
        network.RunUntil(Hours(24));
        for (const uint32_t end : {0, 1})
        {
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "tx KEEPALIVE").size(), 1U, "the one");
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "up ").size(), 1U, "up");
            NS_TEST_EXPECT_MSG_EQ(network.Find(end, 0, "down ").size(), 0U, "for ever");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. OPENs that are refused.
 */
class RefusalTestCase : public TestCase
{
  public:
    /// What is wrong.
    enum class Wrong
    {
        HOLD_TIME_1, //!< hold time 1 s
        HOLD_TIME_2, //!< hold time 2 s
        AS,          //!< not the AS that was expected
        IDENTIFIER   //!< the same as that of the other
    };

    /**
     * @brief Create the case.
     * @param wrong what is wrong with the second speaker
     * @param said what the first says of it
     */
    RefusalTestCase(Wrong wrong, const char* said)
        : TestCase("refused, case " + std::to_string(static_cast<int>(wrong))),
          m_wrong(wrong),
          m_said(said)
    {
    }

  private:
    void DoRun() override
    {
        // Inside one AS the identifiers must differ (RFC 6286 section 2.2).
        const bool internal = m_wrong == Wrong::IDENTIFIER;
        BgpTestNetwork network(2, internal ? std::vector<uint32_t>{7, 7} : std::vector<uint32_t>());
        Configure(network, 9);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("Passive", BooleanValue(true));
        switch (m_wrong)
        {
        case Wrong::HOLD_TIME_1:
            link.second->SetAttribute("HoldTime", TimeValue(Seconds(1)));
            break;
        case Wrong::HOLD_TIME_2:
            link.second->SetAttribute("HoldTime", TimeValue(Seconds(2)));
            break;
        case Wrong::AS:
            link.first->SetAttribute("RemoteAs", UintegerValue(64999));
            break;
        case Wrong::IDENTIFIER:
            network.speakers[1]->SetAttribute("RouterId", Ipv4AddressValue("1.1.1.1"));
            break;
        }
        network.RunUntil(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "said "), std::string("said ") + m_said, "no");
        if (!internal) // else both refuse, and hang up
        {
            NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "heard "),
                                  std::string("heard ") + m_said,
                                  "heard");
        }
        NS_TEST_EXPECT_MSG_GT(network.Find(0, 0, "said ").size(), 1U, "it tries again");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 0U, "in vain");
    }

    Wrong m_wrong;      //!< what is wrong
    const char* m_said; //!< what is said of it
};

/**
 * @ingroup keepalive-tests
 * @brief 7. A peer that hangs.
 */
class StallTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param profile of both
     * @param own whether the end that hung ends its session by itself
     */
    StallTestCase(const char* profile, bool own)
        : TestCase(std::string("stall, ") + profile),
          m_profile(profile),
          m_own(own)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 90, m_profile);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        Ptr<ControlPlaneStall> stall = FailureHelper::Stall(network.nodes.Get(1), "R2");
        Simulator::Schedule(Seconds(300), &FailureTarget::Fail, stall);
        Simulator::Schedule(Seconds(500), &FailureTarget::Repair, stall);
        network.RunUntil(Seconds(499));
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "down hold-time-expired").size(), 1U, "noticed");
        NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "down ").size(), 0U, "it hangs");
        NS_TEST_EXPECT_MSG_LT(network.Find(1, 0, "tx KEEPALIVE").back(),
                              Seconds(300),
                              "it is silent");
        // What was said meanwhile is read, not lost.
        network.RunUntil(Seconds(500.5));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "down "),
                              (m_own ? "down hold-time-expired" : "down notification-received"),
                              "which comes first");
        network.RunUntil(Seconds(1500));
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), true, "up again");
        NS_TEST_EXPECT_MSG_EQ(link.second->IsEstablished(), true, "up again");
    }

    const char* m_profile; //!< of both
    bool m_own;            //!< the hold timer comes first
};

/**
 * @ingroup keepalive-tests
 * @brief 7. The KEEPALIVE that was due comes before the NOTIFICATION.
 */
class OverdueTestCase : public TestCase
{
  public:
    OverdueTestCase()
        : TestCase("overdue KEEPALIVE, then the end")
    {
    }

  private:
    void DoRun() override
    {
        // The first waits for 1 s longer than the second, which goes on in between.
        BgpTestNetwork network(2);
        Configure(network, 90, "cisco");
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.first->SetAttribute("Profile", StringValue("exabgp"));
        link.second->SetAttribute("Passive", BooleanValue(true));
        Ptr<ControlPlaneStall> stall = FailureHelper::Stall(network.nodes.Get(1), "R2");
        Simulator::Schedule(Seconds(280), &FailureTarget::Fail, stall);
        Simulator::Schedule(Seconds(360.5), &FailureTarget::Repair, stall);
        network.RunUntil(Seconds(361));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "down "), "down hold-time-expired", "its end");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "down "),
                              "down notification-received",
                              "told");
        const std::vector<Time> heard = network.Find(0, 0, "rx KEEPALIVE");
        NS_TEST_EXPECT_MSG_EQ(heard.size(), network.Find(1, 0, "tx KEEPALIVE").size(), "all");
        NS_TEST_EXPECT_MSG_GT(heard.back(), Seconds(360.5), "the last one when it goes on");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(heard.back(),
                                    network.Find(0, 0, "heard Hold Timer Expired").at(0),
                                    "before the last words");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. A peer that crashes and boots.
 */
class CrashTestCase : public TestCase
{
  public:
    CrashTestCase()
        : TestCase("crash")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 90);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        link.second->SetAttribute("Passive", BooleanValue(true));
        network.speakers[0]->Announce(BgpTestNetwork::Prefix("10.1.0.0", 16));
        network.speakers[1]->Announce(BgpTestNetwork::Prefix("10.2.0.0", 16));
        Ptr<NodeCrash> crash = FailureHelper::Crash(network.nodes.Get(1), "R2");
        Simulator::Schedule(Seconds(300), &FailureTarget::Fail, crash);
        Simulator::Schedule(Seconds(305), &FailureTarget::Repair, crash);
        network.RunUntil(Seconds(304));
        NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "down node-crashed").size(), 1U, "it is dead");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPrefixCount(), 0U, "forgotten");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "down ").size(), 0U, "nobody knows");
        network.RunUntil(Seconds(400));
        // The next KEEPALIVE, or its retransmission, meets a TCP that knows nothing.
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "down tcp-reset").size(), 1U, "now they do");
        NS_TEST_EXPECT_MSG_LT(network.Find(0, 0, "down tcp-reset").at(0),
                              network.Find(0, 0, "tx KEEPALIVE").back() + Seconds(90),
                              "before the hold time is over");
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), true, "up again");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPrefixCount(), 2U, "known again");
        NS_TEST_EXPECT_MSG_EQ(network.speakers[0]->GetRib().GetPrefixCount(), 2U, "known again");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. TCP is faster than BGP.
 */
class TcpFirstTestCase : public TestCase
{
  public:
    /**
     * @brief Create the case.
     * @param keepalive TCP keepalives, else a user timeout
     */
    explicit TcpFirstTestCase(bool keepalive)
        : TestCase(keepalive ? "TCP keepalives first" : "user timeout first"),
          m_keepalive(keepalive)
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(0);
        network.helper.SetTcpAttribute("UserTimeout", TimeValue(Seconds(m_keepalive ? 0 : 20)));
        network.helper.SetTcpAttribute("KeepaliveEnabled", BooleanValue(m_keepalive));
        network.helper.SetTcpAttribute("KeepaliveIdle", TimeValue(Seconds(10)));
        network.helper.SetTcpAttribute("KeepaliveInterval", TimeValue(Seconds(2)));
        network.helper.SetTcpAttribute("KeepaliveProbes", UintegerValue(3));
        network.AddSpeakers(2);
        Configure(network, 180);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        Simulator::Schedule(Seconds(100), &LinkCut::Fail, link.cut);
        network.RunUntil(Seconds(300));
        for (const uint32_t end : {0, 1})
        {
            const Time down = network.Find(end, 0, "down ").at(0);
            NS_TEST_EXPECT_MSG_EQ(network.FindLast(end, 0, "down "),
                                  (m_keepalive ? "down tcp-keepalive" : "down tcp-user-timeout"),
                                  "why");
            if (m_keepalive)
            {
                // 10 s after the last sign of life, and three probes 2 s apart.
                NS_TEST_EXPECT_MSG_GT(down, Seconds(100 + 6), "when");
                NS_TEST_EXPECT_MSG_LT(down, Seconds(100 + 16), "when");
            }
            else
            {
                // The first KEEPALIVE after the cut waits for its acknowledgment. TCP looks at the
                // time when it retransmits (interop: 5 s become 5.6 s), and not in between.
                const Time sent = network.Find(end, 0, "tx KEEPALIVE").back();
                NS_TEST_EXPECT_MSG_GT_OR_EQ(down, sent + Seconds(20), "when");
                NS_TEST_EXPECT_MSG_LT(down, sent + Seconds(23), "when");
            }
        }
    }

    bool m_keepalive; //!< TCP keepalives, else a user timeout
};

/**
 * @ingroup keepalive-tests
 * @brief 10. Late expiry, and late words.
 */
class LateTestCase : public TestCase
{
  public:
    LateTestCase()
        : TestCase("late expiry and late words")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* profile : {"bird", "exabgp"})
        {
            BgpTestNetwork network(2);
            Configure(network, 9, profile);
            BgpTestNetwork::Link& link = network.Connect(0, 1);
            link.second->SetAttribute("Passive", BooleanValue(true));
            // Only one way, so that the words arrive.
            Simulator::Schedule(Seconds(100), &LinkCut::Fail, link.cutToFirst);
            network.RunUntil(Seconds(115));
            const double silence = (network.Find(0, 0, "down hold-time-expired").at(0) -
                                    network.Find(0, 0, "rx KEEPALIVE").back())
                                       .GetSeconds();
            const double words = (network.Find(1, 0, "heard Hold Timer Expired").at(0) -
                                  network.Find(0, 0, "down hold-time-expired").at(0))
                                     .GetSeconds();
            const bool bird = std::string(profile) == "bird";
            NS_TEST_EXPECT_MSG_EQ_TOL(silence, (bird ? 7.875 : 10), (bird ? 1.125 : 1e-9), profile);
            NS_TEST_EXPECT_MSG_EQ_TOL(words, (bird ? 3.005 : 0.005), 0.001, profile);
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 11. The operator.
 */
class OperatorTestCase : public TestCase
{
  public:
    OperatorTestCase()
        : TestCase("shutdown and reset")
    {
    }

  private:
    void DoRun() override
    {
        BgpTestNetwork network(2);
        Configure(network, 9);
        BgpTestNetwork::Link& link = network.Connect(0, 1);
        Simulator::Schedule(Seconds(50), &BgpNeighbor::Reset, link.first, BgpError::ADMIN_RESET);
        Simulator::Schedule(Seconds(100), &BgpNeighbor::Stop, link.first, BgpError::ADMIN_SHUTDOWN);
        network.RunUntil(Seconds(99));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "heard "),
                              "heard Cease/Administrative Reset",
                              "reset");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(0, 0, "down "), "down admin-shutdown", "why");
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "down "), "down notification-received", "why");
        NS_TEST_EXPECT_MSG_EQ(link.first->IsEstablished(), true, "up again");
        network.RunUntil(Seconds(300));
        NS_TEST_EXPECT_MSG_EQ(network.FindLast(1, 0, "heard "),
                              "heard Cease/Administrative Shutdown",
                              "shutdown");
        NS_TEST_EXPECT_MSG_EQ(network.Find(0, 0, "up ").size(), 2U, "never again");
        NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "up ").size(), 2U, "never again");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 12. UPDATEs instead of KEEPALIVEs.
 */
class UpdateTestCase : public TestCase
{
  public:
    UpdateTestCase()
        : TestCase("UPDATEs restart the keepalive timer, or not")
    {
    }

  private:
    void DoRun() override
    {
        for (const char* profile : {"rfc4271", "frr"})
        {
            BgpTestNetwork network(2);
            Configure(network, 9, profile);
            network.Connect(0, 1);
            for (int i = 0; i < 100; i++)
            {
                const auto prefix = BgpPrefix::Of(0x14000000 + 256 * i, 24);
                Simulator::Schedule(Seconds(10 + i), &Announce, network.speakers[0], prefix);
            }
            network.RunUntil(Seconds(110));
            std::size_t sent = 0;
            for (const Time& time : network.Find(0, 0, "tx KEEPALIVE"))
            {
                sent += time > Seconds(13);
            }
            const bool restarts = std::string(profile) == "rfc4271";
            NS_TEST_EXPECT_MSG_EQ(sent, (restarts ? 0U : 32U), profile);
            NS_TEST_EXPECT_MSG_EQ(network.Find(1, 0, "down ").size(), 0U, "UPDATEs are life");
            NS_TEST_EXPECT_MSG_EQ(network.speakers[1]->GetRib().GetPrefixCount(), 100U, "routes");
        }
    }

    /**
     * @brief Announce a prefix.
     * @param speaker who
     * @param prefix what
     */
    static void Announce(Ptr<BgpSpeaker> speaker, BgpPrefix prefix)
    {
        speaker->Announce(prefix);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 13. The end, at any time.
 */
class DisposalTestCase : public TestCase
{
  public:
    DisposalTestCase()
        : TestCase("disposal at any time")
    {
    }

  private:
    void DoRun() override
    {
        uint32_t runs = 0;
        for (const double end : {0.0, 0.003, 0.006, 0.011, 0.016, 0.021, 0.026, 5.0, 31.0, 40.0})
        {
            BgpTestNetwork network(2);
            Configure(network, 9);
            BgpTestNetwork::Link& link = network.Connect(0, 1);
            Simulator::Schedule(Seconds(30), &LinkCut::Fail, link.cut);
            network.RunUntil(Seconds(end) + NanoSeconds(1));
            runs++;
        }
        NS_TEST_EXPECT_MSG_EQ(runs, 10U, "all of them");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief All cases.
 */
class BgpSessionTestSuite : public TestSuite
{
  public:
    BgpSessionTestSuite()
        : TestSuite("keepalive-bgp-session")
    {
        for (const char* profile : {"rfc4271", "frr", "bird"})
        {
            for (const uint32_t passive : {0, 1, 2})
            {
                AddTestCase(new ComingUpTestCase(false, passive, profile));
                AddTestCase(new ComingUpTestCase(true, passive, profile));
            }
        }
        AddTestCase(new EqualIdentifiersTestCase);
        AddTestCase(new NegotiationTestCase(9, 30, "frr", 3, 3));
        AddTestCase(new NegotiationTestCase(90, 9, "rfc4271", 2.25, 3));
        AddTestCase(new NegotiationTestCase(3, 3, "rfc4271", 1, 1));
        AddTestCase(new NegotiationTestCase(3, 180, "cisco", 1, 1));
        AddTestCase(new NegotiationTestCase(98, 15, "bird", 3.75, 5));
        AddTestCase(new NegotiationTestCase(4, 9, "rfc4271", 1, 4 / 3.0));
        AddTestCase(new ShortestIntervalTestCase);
        AddTestCase(new SilentCutTestCase);
        AddTestCase(new OneWayCutTestCase);
        AddTestCase(new NoHoldTimeTestCase);
        AddTestCase(new RefusalTestCase(RefusalTestCase::Wrong::HOLD_TIME_1,
                                        "OPEN Message Error/Unacceptable Hold Time [0001]"));
        AddTestCase(new RefusalTestCase(RefusalTestCase::Wrong::HOLD_TIME_2,
                                        "OPEN Message Error/Unacceptable Hold Time [0002]"));
        AddTestCase(new RefusalTestCase(RefusalTestCase::Wrong::AS,
                                        "OPEN Message Error/Bad Peer AS [fdea]"));
        AddTestCase(new RefusalTestCase(RefusalTestCase::Wrong::IDENTIFIER,
                                        "OPEN Message Error/Bad BGP Identifier"));
        AddTestCase(new StallTestCase("rfc4271", true));
        AddTestCase(new StallTestCase("frr", false));
        AddTestCase(new StallTestCase("bird", false));
        AddTestCase(new OverdueTestCase);
        AddTestCase(new CrashTestCase);
        AddTestCase(new TcpFirstTestCase(false));
        AddTestCase(new TcpFirstTestCase(true));
        AddTestCase(new LateTestCase);
        AddTestCase(new OperatorTestCase);
        AddTestCase(new UpdateTestCase);
        AddTestCase(new DisposalTestCase);
    }
};

BgpSessionTestSuite g_bgpSessionTestSuite; //!< registers the suite

} // namespace
