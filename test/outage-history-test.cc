/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/nstime.h"
#include "ns3/outage-history.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <cstdint>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief OutageHistory by itself; what a wire makes of it is in failure-test and
 *        serial-device-test.
 *
 * Frames take 0.1 s to leave and 1 s to arrive.
 *
 * Behaviours:
 *  1. of two cuts at a time the harsher one decides, whichever comes first
 *  2. at the instants themselves: an arrival at the cut is lost, a last bit sent at it is not, a
 *     first bit sent at the repair is not
 *  3. each of several outages takes its own frames
 *  4. it is empty before the first cut, and again once no outage concerns later frames
 *  5. a repair at the instant of the cut: a frame of before is lost to a cut at the receiver while
 *     it is on the wire, and to one at the sender while it is being sent
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/// A test case that cuts and mends, sends frames, and records which arrive.
class OutageTestCase : public TestCase
{
  public:
    /// A cut and its end.
    struct Cut
    {
        int64_t begin;        //!< ms
        int64_t end;          //!< ms
        bool deliverInFlight; //!< at the sender
    };

    /**
     * @brief Create a case.
     * @param name the behaviour
     * @param cuts cuts
     * @param frames when first bits are sent, ms
     * @param expected what arrives: for each frame when its first bit was sent
     */
    OutageTestCase(const std::string& name,
                   const std::vector<Cut>& cuts,
                   const std::vector<int64_t>& frames,
                   const std::string& expected)
        : TestCase(name),
          m_cuts(cuts),
          m_frames(frames),
          m_expected(expected)
    {
    }

  private:
    /**
     * @brief A frame should arrive.
     * @param first when its first bit was sent
     */
    void Arrive(Time first)
    {
        if (!m_history.IsLost(first, first + MilliSeconds(100)))
        {
            m_arrived += std::to_string(first.GetMilliSeconds()) + " ";
        }
    }

    /// A cut ends. It concerns frames still, until one asks that was sent afterwards.
    void Mend()
    {
        NS_TEST_EXPECT_MSG_EQ(m_history.IsCut(), true, "until now");
        m_history.Restore();
        NS_TEST_EXPECT_MSG_EQ(m_history.IsEmpty(), false, "frames of before");
    }

    void DoRun() override
    {
        m_history = OutageHistory();
        m_arrived.clear();
        NS_TEST_EXPECT_MSG_EQ(m_history.IsEmpty(), true, "before the first cut");
        for (const auto& cut : m_cuts)
        {
            Simulator::Schedule(MilliSeconds(cut.begin),
                                &OutageHistory::Cut,
                                &m_history,
                                cut.deliverInFlight);
            Simulator::Schedule(MilliSeconds(cut.end), &OutageTestCase::Mend, this);
        }
        for (const int64_t frame : m_frames)
        {
            Simulator::Schedule(MilliSeconds(frame + 1100),
                                &OutageTestCase::Arrive,
                                this,
                                MilliSeconds(frame));
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_arrived, m_expected, "what arrived");
        NS_TEST_EXPECT_MSG_EQ(m_history.IsCut(), false, "all cuts have ended");
        Simulator::Schedule(Seconds(0), &OutageTestCase::Arrive, this, Simulator::Now());
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_history.IsEmpty(), true, "nothing concerns later frames");
        Simulator::Destroy();
    }

    std::vector<Cut> m_cuts;       //!< cuts
    std::vector<int64_t> m_frames; //!< when first bits are sent
    std::string m_expected;        //!< what arrives
    OutageHistory m_history;       //!< what is tested
    std::string m_arrived;         //!< what arrived
};

/// Behaviour of OutageHistory.
class OutageHistoryTestSuite : public TestSuite
{
  public:
    OutageHistoryTestSuite()
        : TestSuite("keepalive-outage-history")
    {
        const std::vector<int64_t> around = {300, 850, 950, 1950, 2050, 3950, 4050};
        AddTestCase(new OutageTestCase("A cut at the receiver, then one at the sender",
                                       {{1500, 3000, false}, {2000, 4000, true}},
                                       around,
                                       "300 4050 "));
        AddTestCase(new OutageTestCase("A cut at the sender, then one at the receiver",
                                       {{1500, 3000, true}, {2000, 4000, false}},
                                       around,
                                       "300 850 4050 "));
        AddTestCase(new OutageTestCase("Two cuts at the sender",
                                       {{1500, 3000, true}, {2000, 4000, true}},
                                       around,
                                       "300 850 950 4050 "));
        AddTestCase(new OutageTestCase("The instants of a cut at the receiver",
                                       {{1500, 4000, false}},
                                       {399, 400, 401, 3999, 4000},
                                       "399 4000 "));
        AddTestCase(new OutageTestCase("The instants of a cut at the sender",
                                       {{1500, 4000, true}},
                                       {1399, 1400, 1401, 1500, 3999, 4000},
                                       "1399 1400 4000 "));
        AddTestCase(new OutageTestCase("Several outages, each with its own frames",
                                       {{1500, 1600, true}, {1800, 1900, true}, {2000, 2100, true}},
                                       {1350, 1450, 1550, 1650, 1700, 1750, 1850, 1900, 1950, 2100},
                                       "1350 1650 1700 1900 2100 "));
        AddTestCase(new OutageTestCase("Mended at once, at the receiver",
                                       {{1500, 1500, false}},
                                       {399, 401, 1450, 1500, 1501},
                                       "399 1500 1501 "));
        AddTestCase(new OutageTestCase("Mended at once, at the sender",
                                       {{1500, 1500, true}},
                                       {399, 401, 1400, 1450, 1500, 1501},
                                       "399 401 1400 1500 1501 "));
    }
};

OutageHistoryTestSuite g_outageHistoryTestSuite; //!< registers the suite

} // namespace
} // namespace keepalive
} // namespace ns3
