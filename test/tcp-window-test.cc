/* SPDX-License-Identifier: GPL-2.0-only */

#include "tcp-socket-test-case.h"

#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-keepalive-profile.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief TcpKeepaliveSocket and a peer whose window is full or closed, with every profile.
 *
 * Behaviours:
 *  1. data that fills the window exactly, and of which a part was lost, is retransmitted
 *  2. an answer to a window probe may be lost: the connection stays, and goes on
 *  3. a peer that answers no probe is given up: by count, or by the time of the profile
 */

namespace ns3
{
namespace keepalive
{
namespace tests
{
namespace
{

constexpr uint32_t SEGMENT = 536; //!< octets of a full segment

/// Behaviour 1.
class FullWindowTestCase : public TcpSocketTestCase
{
  public:
    FullWindowTestCase()
        : TcpSocketTestCase("Losses of a window that is exactly full are repaired")
    {
    }

  private:
    /**
     * @brief Lose one segment of a full window.
     * @param profile stack of both ends
     * @param lost which one, from 0 on
     * @param fromA A sends; else B does
     */
    void Lose(const std::string& profile, uint32_t lost, bool fromA)
    {
        const std::string what =
            profile + ", segment " + std::to_string(lost) + (fromA ? " of A" : " of B");
        Finish();
        Begin();
        Prepare(profile, profile);
        (fromA ? m_listener : m_client)->SetAttribute("RcvBufSize", UintegerValue(4 * SEGMENT));
        SocketLog& sender = fromA ? *m_a : *m_b;
        SocketLog& receiver = fromA ? *m_b : *m_a;
        Connect();
        // Four segments, 10 us apart, and what does not fit the window.
        for (uint32_t i = 0; i < 4; i++)
        {
            const uint32_t size = i == 3 ? SEGMENT + 20000 : SEGMENT;
            At(Seconds(1) + MicroSeconds(10 * i), [&sender, size]() { Send(sender, size); });
        }
        m_network->CutAt(Seconds(1) + MicroSeconds(995 + 10 * lost), !fromA, fromA);
        m_network->HealAt(Seconds(1) + MicroSeconds(1005 + 10 * lost), !fromA, fromA);
        Run(Seconds(100));
        NS_TEST_EXPECT_MSG_EQ(receiver.received, 4 * SEGMENT + 20000, what);
        NS_TEST_EXPECT_MSG_EQ(m_a->ends.size() + m_b->ends.size(), 0, what);
        uint32_t before = 0;
        uint32_t repeated = 0;
        for (const auto& seen : m_network->segments)
        {
            before += seen.fromA == fromA && seen.length == SEGMENT && seen.when < Seconds(1.001);
            repeated += seen.fromA == fromA && seen.seq == 1 + lost * SEGMENT && seen.length != 0;
        }
        NS_TEST_EXPECT_MSG_EQ(before, 4, what << ": the window is full" << m_network->Print());
        NS_TEST_EXPECT_MSG_EQ(repeated, 2, what << ": lost once");
    }

    void DoRun() override
    {
        for (const std::string& profile : TcpKeepaliveProfile::GetNames())
        {
            for (uint32_t lost = 0; lost < 4; lost++)
            {
                Lose(profile, lost, true);
                Lose(profile, lost, false);
            }
        }
    }
};

/// A case with a window that is closed before a second is over.
class ClosedWindowTestCase : public TcpSocketTestCase
{
  public:
    /**
     * @brief Create a case.
     * @param name the behaviour
     */
    explicit ClosedWindowTestCase(const std::string& name)
        : TcpSocketTestCase(name)
    {
    }

  protected:
    /**
     * @brief Let B take two segments of 20000 octets, and then read no more.
     * @param profile stack of A
     */
    void Fill(const std::string& profile)
    {
        Finish();
        Begin();
        Prepare(profile);
        m_listener->SetAttribute("RcvBufSize", UintegerValue(2 * SEGMENT));
        m_b->reads = false;
        Connect();
        At(MilliSeconds(100), [this]() { Send(*m_a, 20000); });
    }

    /**
     * @brief Window probes of A.
     * @param since not before this time
     * @return when
     */
    std::vector<Time> GetProbes(Time since) const
    {
        std::vector<Time> times;
        for (const auto& seen : m_network->segments)
        {
            // One before what B expects, empty or with an octet.
            if (seen.fromA && seen.seq == 2 * SEGMENT && seen.length <= 1 && seen.when >= since)
            {
                times.push_back(seen.when);
            }
        }
        return times;
    }
};

/// Behaviour 2.
class LostAnswerTestCase : public ClosedWindowTestCase
{
  public:
    LostAnswerTestCase()
        : ClosedWindowTestCase("A window probe without an answer does not end a connection")
    {
    }

  private:
    void DoRun() override
    {
        for (const std::string& profile : TcpKeepaliveProfile::GetNames())
        {
            Fill(profile);
            // Early, and when the interval is as long as it gets.
            for (const int64_t after : {20, 400})
            {
                Run(Simulator::Now() + Seconds(after));
                const std::size_t probes = GetProbes(Seconds(0)).size();
                m_network->SetCut(true, false, true);
                while (GetProbes(Seconds(0)).size() == probes && Simulator::Now() < Seconds(1000))
                {
                    Run(Simulator::Now() + MilliSeconds(10));
                }
                m_network->SetCut(true, false, false);
                NS_TEST_EXPECT_MSG_EQ(GetProbes(Seconds(0)).size(), probes + 1, profile);
            }
            Run(Seconds(2000));
            NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 0, profile << m_network->Print(Seconds(1)));
            m_b->reads = true;
            while (m_b->socket->GetRxAvailable() > 0)
            {
                m_b->received += m_b->socket->Recv()->GetSize();
            }
            Run(Seconds(2400));
            NS_TEST_EXPECT_MSG_EQ(m_b->received, 20000, profile << ": all came");
        }
    }
};

/// Behaviour 3.
class NoAnswerTestCase : public ClosedWindowTestCase
{
  public:
    NoAnswerTestCase()
        : ClosedWindowTestCase("A peer that answers no window probe is given up")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            const char* profile; //!< stack of A
            std::size_t probes;  //!< unanswered ones, or 0 if a time counts
            int64_t time;        //!< that time, in s
            int64_t longest;     //!< longest interval, in s
        };

        const Row rows[] = {{"linux", 15, 0, 120},
                            {"windows-vista", 5, 0, 60},
                            {"windows-xp", 5, 0, 240},
                            {"freebsd", 12, 0, 64},
                            {"macos", 12, 0, 64},
                            {"solaris", 0, 480, 60},
                            {"rfc1122", 0, 100, 60}};
        for (const Row& row : rows)
        {
            Fill(row.profile);
            Run(Seconds(20));
            m_network->SetCut(true, true, true);
            Run(Seconds(10000));
            NS_TEST_ASSERT_MSG_EQ(m_a->ends.size(), 1, row.profile << ": ends");
            NS_TEST_EXPECT_MSG_EQ(std::string(ToString(m_a->ends[0].second)),
                                  "retransmissions",
                                  row.profile);
            const Time end = m_a->ends[0].first;
            const std::vector<Time> probes = GetProbes(Seconds(20));
            NS_TEST_ASSERT_MSG_GT(probes.size(), 1, row.profile);
            if (row.probes != 0)
            {
                NS_TEST_EXPECT_MSG_EQ(probes.size(), row.probes, row.profile);
            }
            else
            {
                NS_TEST_EXPECT_MSG_GT_OR_EQ(end, probes[0] + Seconds(row.time), row.profile);
                NS_TEST_EXPECT_MSG_LT(probes.back(), probes[0] + Seconds(row.time), row.profile);
            }
            NS_TEST_EXPECT_MSG_EQ(m_network->GetTimes(true, "RA").size(), 0, "silently");
            // The interval doubles up to its limit, or as often as there may be probes.
            std::vector<Time> all = GetProbes(Seconds(0));
            all.push_back(end);
            for (std::size_t i = 2; i < all.size(); i++)
            {
                const Time gap = all[i - 1] - all[i - 2];
                const bool most = row.probes != 0 && i > row.probes;
                const Time next = most ? gap : Min(gap + gap, Seconds(row.longest));
                NS_TEST_EXPECT_MSG_EQ(all[i] - all[i - 1], next, row.profile << " " << i);
            }
        }
    }
};

/// The suite of this file.
class TcpWindowTestSuite : public TestSuite
{
  public:
    TcpWindowTestSuite()
        : TestSuite("keepalive-tcp-window")
    {
        AddTestCase(new FullWindowTestCase);
        AddTestCase(new LostAnswerTestCase);
        AddTestCase(new NoAnswerTestCase);
    }
};

TcpWindowTestSuite g_tcpWindowTestSuite; //!< the suite

} // namespace
} // namespace tests
} // namespace keepalive
} // namespace ns3
