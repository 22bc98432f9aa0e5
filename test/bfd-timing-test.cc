/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The timers of BFD: what is told, what is in use, and when a Poll Sequence is needed.
 *
 * 1. At the beginning: slow start, and a peer of which nothing is known.
 * 2. The transmit interval and the detection time follow from both ends (RFC 5880 sections 6.8.2,
 *    6.8.4), in every combination of slower and faster, and at the limits of the fields.
 * 3. Coming up faster than slow start begins a Poll Sequence, and sends faster at once; coming up
 *    no faster begins none.
 * 4. While Up: an increase of the Desired Min TX Interval and a decrease of the Required Min RX
 *    Interval are told at once and in use after the Final; their opposites are in use at once.
 * 5. A change during a Poll Sequence waits for the Final and one more packet without it; a Final
 *    that was not asked for means nothing.
 * 6. Going down ends the Poll Sequence, brings everything into force, and slows down at once.
 * 7. While not Up there is nothing to poll, and slow start is the least interval.
 * 8. The multiplier needs no Poll Sequence, and 1 narrows the jitter.
 * 9. A peer that wants no packets gets none; one that is forgotten wants what it wanted at first.
 */

#include "ns3/bfd-timing.h"
#include "ns3/test.h"

#include <cstdint>
#include <limits>
#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

constexpr uint32_t MS = 1000; //!< microseconds

/**
 * @ingroup keepalive-tests
 * @brief Everything that a timing says, in milliseconds.
 * @param timing the timing
 * @return "TX/RX" advertised, "P" if polling, interval, detection time
 */
std::string
Describe(const BfdTiming& timing)
{
    const BfdTiming::Parameters told = timing.GetAdvertised();
    std::ostringstream text;
    text << "told " << told.desiredMinTx / MS << "/" << told.requiredMinRx / MS
         << (timing.IsPolling() ? " P" : "") << " tx " << timing.GetTransmitInterval() / MS
         << " detect " << timing.GetDetectionTime() / MS;
    return text.str();
}

/**
 * @ingroup keepalive-tests
 * @brief A timing that is Up, with a peer that is fast and quiet about it.
 * @param tx our Desired Min TX Interval
 * @param rx our Required Min RX Interval
 * @return the timing, its Poll Sequence over
 */
BfdTiming
Up(uint32_t tx, uint32_t rx)
{
    BfdTiming timing({tx, rx, 3});
    static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, false));
    timing.SetUp(true);
    static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, true));
    static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, false));
    return timing;
}

/**
 * @ingroup keepalive-tests
 * @brief 1. The beginning.
 */
class BfdTimingStartTest : public TestCase
{
  public:
    BfdTimingStartTest()
        : TestCase("at the beginning: slow start, and a peer of which nothing is known")
    {
    }

  private:
    void DoRun() override
    {
        const BfdTiming timing({300 * MS, 200 * MS, 5});
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 1000/200 tx 1000 detect 0", "slow start");
        NS_TEST_EXPECT_MSG_EQ(+timing.GetAdvertised().detectMult, 5, "multiplier");
        NS_TEST_EXPECT_MSG_EQ(timing.GetRemote().requiredMinRx, 1, "RFC 5880 section 6.8.1");
        NS_TEST_EXPECT_MSG_EQ(timing.GetRemoteDetectionTime(), 5000 * MS, "at the peer");
        const BfdTiming slow({2000 * MS, 200 * MS, 3});
        NS_TEST_EXPECT_MSG_EQ(Describe(slow), "told 2000/200 tx 2000 detect 0", "slower still");
        NS_TEST_EXPECT_MSG_EQ(Describe(BfdTiming()), "told 1000/300 tx 1000 detect 0", "defaults");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 2. What both ends agree on.
 */
class BfdTimingAgreementTest : public TestCase
{
  public:
    BfdTimingAgreementTest()
        : TestCase("interval and detection time follow from what both ends want")
    {
    }

  private:
    void DoRun() override
    {
        constexpr uint32_t MOST = std::numeric_limits<uint32_t>::max();

        struct Row
        {
            BfdTiming::Parameters local;  // ours
            BfdTiming::Parameters remote; // the peer's
            uint32_t interval;            // at which we send
            uint64_t detection;           // how long the peer may be silent
        };

        const Row rows[] = {
            {{300, 300, 3}, {300, 300, 3}, 300, 900},
            {{300, 300, 3}, {400, 300, 3}, 300, 1200},
            {{300, 300, 3}, {300, 400, 3}, 400, 900},
            {{300, 300, 3}, {200, 200, 3}, 300, 900},
            {{300, 500, 3}, {200, 200, 3}, 300, 1500},
            {{300, 200, 3}, {250, 1000, 3}, 1000, 750},
            {{300, 300, 3}, {300, 300, 7}, 300, 2100}, // the peer's multiplier, not ours
            {{300, 300, 7}, {300, 300, 1}, 300, 300},
            {{1, 1, 1}, {1, 1, 1}, 1, 1},
            {{300, 300, 3}, {0, 1, 3}, 300, 900},
            {{300, 300, 3}, {MOST, MOST, 255}, MOST, 255 * uint64_t{MOST}},
            {{MOST, MOST, 255}, {1, 1, 1}, MOST, MOST},
        };
        for (const Row& row : rows)
        {
            BfdTiming timing(row.local);
            timing.SetUp(true);
            static_cast<void>(timing.OnPacket(row.remote, true));
            NS_TEST_EXPECT_MSG_EQ(timing.GetTransmitInterval(), row.interval, "interval");
            NS_TEST_EXPECT_MSG_EQ(timing.GetDetectionTime(), row.detection, "detection time");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3. Coming up.
 */
class BfdTimingUpTest : public TestCase
{
  public:
    BfdTimingUpTest()
        : TestCase("coming up leaves slow start in a Poll Sequence")
    {
    }

  private:
    void DoRun() override
    {
        BfdTiming timing({300 * MS, 300 * MS, 3});
        static_cast<void>(timing.OnPacket({1000 * MS, 200 * MS, 3}, false));
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 1000/300 tx 1000 detect 3000", "Init");
        timing.SetUp(true);
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 300/300 P tx 300 detect 3000", "Up");
        static_cast<void>(timing.OnPacket({300 * MS, 200 * MS, 3}, false));
        NS_TEST_EXPECT_MSG_EQ(Describe(timing),
                              "told 300/300 P tx 300 detect 900",
                              "the peer's faster packet, which is no Final");
        static_cast<void>(timing.OnPacket({300 * MS, 200 * MS, 3}, true));
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 300/300 tx 300 detect 900", "Final");
        timing.SetUp(true);
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 300/300 tx 300 detect 900", "Up already");

        for (const uint32_t interval : {1000 * MS, 5000 * MS})
        {
            BfdTiming slow({interval, 300 * MS, 3});
            slow.SetUp(true);
            NS_TEST_EXPECT_MSG_EQ(slow.IsPolling(), false, "nothing changes");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 4. Changes while Up.
 */
class BfdTimingChangeTest : public TestCase
{
  public:
    BfdTimingChangeTest()
        : TestCase("while Up the peer has to know first of what could make it fall")
    {
    }

  private:
    void DoRun() override
    {
        struct Row
        {
            std::string what;   // changes
            uint32_t tx;        // new Desired Min TX Interval
            uint32_t rx;        // new Required Min RX Interval
            bool told;          // whether there is something to tell
            std::string before; // before the Final
            std::string after;  // after it
        };

        const Row rows[] = {
            {"nothing",
             300 * MS,
             300 * MS,
             false,
             "told 300/300 tx 300 detect 900",
             "told 300/300 tx 300 detect 900"},
            {"slower sending",
             500 * MS,
             300 * MS,
             true,
             "told 500/300 P tx 300 detect 900",
             "told 500/300 tx 500 detect 900"},
            {"faster sending",
             100 * MS,
             300 * MS,
             true,
             "told 100/300 P tx 100 detect 900",
             "told 100/300 tx 100 detect 900"},
            {"faster receiving",
             300 * MS,
             100 * MS,
             true,
             "told 300/100 P tx 300 detect 900",
             "told 300/100 tx 300 detect 300"},
            {"slower receiving",
             300 * MS,
             500 * MS,
             true,
             "told 300/500 P tx 300 detect 1500",
             "told 300/500 tx 300 detect 1500"},
            {"both",
             500 * MS,
             100 * MS,
             true,
             "told 500/100 P tx 300 detect 900",
             "told 500/100 tx 500 detect 300"},
        };
        for (const Row& row : rows)
        {
            BfdTiming timing = Up(300 * MS, 300 * MS);
            NS_TEST_EXPECT_MSG_EQ(timing.Configure({row.tx, row.rx, 3}), row.told, row.what);
            NS_TEST_EXPECT_MSG_EQ(Describe(timing), row.before, row.what);
            static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, false));
            NS_TEST_EXPECT_MSG_EQ(Describe(timing), row.before, row.what << ", no Final yet");
            static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, true));
            NS_TEST_EXPECT_MSG_EQ(Describe(timing), row.after, row.what << ", Final");
        }
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Changes one after the other.
 */
class BfdTimingSecondChangeTest : public TestCase
{
  public:
    BfdTimingSecondChangeTest()
        : TestCase("a change during a Poll Sequence waits")
    {
    }

  private:
    void DoRun() override
    {
        const BfdTiming::Parameters peer{50 * MS, 50 * MS, 3};
        BfdTiming timing = Up(300 * MS, 300 * MS);
        static_cast<void>(timing.Configure({500 * MS, 300 * MS, 3}));
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({700 * MS, 200 * MS, 3}), false, "not told");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 500/300 P tx 300 detect 900", "the first");
        NS_TEST_EXPECT_MSG_EQ(timing.OnPacket(peer, true), false, "not told yet");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 500/300 tx 500 detect 900", "in use");
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({800 * MS, 200 * MS, 3}), false, "not told yet");
        NS_TEST_EXPECT_MSG_EQ(timing.OnPacket(peer, true), false, "a late Final");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 500/300 tx 500 detect 900", "the same");
        NS_TEST_EXPECT_MSG_EQ(timing.OnPacket(peer, false), true, "no Final: now");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 800/200 P tx 500 detect 900", "the last");
        NS_TEST_EXPECT_MSG_EQ(timing.OnPacket(peer, true), false, "nothing more");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 800/200 tx 800 detect 600", "in use");

        // A change that is taken back before it was told is none.
        timing = Up(300 * MS, 300 * MS);
        static_cast<void>(timing.Configure({500 * MS, 300 * MS, 3}));
        static_cast<void>(timing.Configure({700 * MS, 300 * MS, 3}));
        static_cast<void>(timing.Configure({500 * MS, 300 * MS, 3}));
        static_cast<void>(timing.OnPacket(peer, true));
        NS_TEST_EXPECT_MSG_EQ(timing.OnPacket(peer, false), false, "nothing to tell");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 500/300 tx 500 detect 900", "the first");

        // A Final without a Poll: no packet without Final is needed after it.
        static_cast<void>(timing.OnPacket(peer, true));
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({300 * MS, 300 * MS, 3}), true, "told at once");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 6. Going down.
 */
class BfdTimingDownTest : public TestCase
{
  public:
    BfdTimingDownTest()
        : TestCase("going down brings everything into force")
    {
    }

  private:
    void DoRun() override
    {
        BfdTiming timing = Up(300 * MS, 300 * MS);
        static_cast<void>(timing.Configure({500 * MS, 100 * MS, 3}));
        timing.SetUp(false);
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 1000/100 tx 1000 detect 300", "polling");

        timing = Up(2000 * MS, 300 * MS);
        static_cast<void>(timing.Configure({4000 * MS, 100 * MS, 3}));
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 4000/100 P tx 2000 detect 900", "Up");
        timing.SetUp(false);
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 4000/100 tx 4000 detect 300", "slow");

        // What waited is told, too; and nothing is awaited when it comes up again.
        timing = Up(300 * MS, 300 * MS);
        static_cast<void>(timing.Configure({500 * MS, 300 * MS, 3}));
        static_cast<void>(timing.Configure({600 * MS, 200 * MS, 3}));
        static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, true));
        timing.SetUp(false);
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 1000/200 tx 1000 detect 600", "waiting");
        timing.SetUp(true);
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 600/200 P tx 600 detect 600", "up again");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 7. Changes while not Up.
 */
class BfdTimingSlowTest : public TestCase
{
  public:
    BfdTimingSlowTest()
        : TestCase("while not Up there is nothing to poll")
    {
    }

  private:
    void DoRun() override
    {
        BfdTiming timing({300 * MS, 300 * MS, 3});
        static_cast<void>(timing.OnPacket({50 * MS, 50 * MS, 3}, false));
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({500 * MS, 300 * MS, 3}), false, "still 1 s");
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({500 * MS, 100 * MS, 3}), true, "told");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 1000/100 tx 1000 detect 300", "in use");
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({1500 * MS, 100 * MS, 3}), true, "told");
        NS_TEST_EXPECT_MSG_EQ(Describe(timing), "told 1500/100 tx 1500 detect 300", "in use");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 8. The multiplier.
 */
class BfdTimingMultiplierTest : public TestCase
{
  public:
    BfdTimingMultiplierTest()
        : TestCase("the multiplier needs no Poll Sequence, and 1 narrows the jitter")
    {
    }

  private:
    void DoRun() override
    {
        BfdTiming timing = Up(300 * MS, 300 * MS);
        NS_TEST_EXPECT_MSG_EQ(timing.GetJitter().least, 0.75, "jitter");
        NS_TEST_EXPECT_MSG_EQ(timing.GetJitter().greatest, 1.0, "jitter");
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({300 * MS, 300 * MS, 1}), true, "told");
        NS_TEST_EXPECT_MSG_EQ(timing.IsPolling(), false, "no Poll");
        NS_TEST_EXPECT_MSG_EQ(+timing.GetAdvertised().detectMult, 1, "told");
        NS_TEST_EXPECT_MSG_EQ(timing.GetJitter().least, 0.75, "jitter");
        NS_TEST_EXPECT_MSG_EQ(timing.GetJitter().greatest, 0.9, "jitter");
        NS_TEST_EXPECT_MSG_EQ(timing.GetRemoteDetectionTime(), 300 * MS, "at the peer");
        NS_TEST_EXPECT_MSG_EQ(timing.GetDetectionTime(), 900 * MS, "here: the peer's multiplier");

        // Not even during a Poll Sequence does it wait.
        static_cast<void>(timing.Configure({400 * MS, 300 * MS, 1}));
        NS_TEST_EXPECT_MSG_EQ(timing.Configure({400 * MS, 300 * MS, 9}), true, "told");
        NS_TEST_EXPECT_MSG_EQ(+timing.GetAdvertised().detectMult, 9, "told");
        NS_TEST_EXPECT_MSG_EQ(timing.GetJitter().greatest, 1.0, "jitter");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 9. Peers that want nothing, and peers that are gone.
 */
class BfdTimingSilentPeerTest : public TestCase
{
  public:
    BfdTimingSilentPeerTest()
        : TestCase("a peer that wants no packets gets none, until it is forgotten")
    {
    }

  private:
    void DoRun() override
    {
        BfdTiming timing = Up(300 * MS, 300 * MS);
        static_cast<void>(timing.OnPacket({50 * MS, 0, 3}, false));
        NS_TEST_EXPECT_MSG_EQ(timing.GetTransmitInterval(), 0, "nothing periodic");
        NS_TEST_EXPECT_MSG_EQ(timing.GetRemoteDetectionTime(), 900 * MS, "by what we say");
        timing.ForgetPeer();
        NS_TEST_EXPECT_MSG_EQ(timing.GetTransmitInterval(), 300 * MS, "forgotten");
        NS_TEST_EXPECT_MSG_EQ(timing.GetRemote().requiredMinRx, 1, "as at first");
        NS_TEST_EXPECT_MSG_EQ(timing.GetDetectionTime(), 0, "not heard");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BfdTimingTestSuite : public TestSuite
{
  public:
    BfdTimingTestSuite()
        : TestSuite("keepalive-bfd-timing")
    {
        AddTestCase(new BfdTimingStartTest);
        AddTestCase(new BfdTimingAgreementTest);
        AddTestCase(new BfdTimingUpTest);
        AddTestCase(new BfdTimingChangeTest);
        AddTestCase(new BfdTimingSecondChangeTest);
        AddTestCase(new BfdTimingDownTest);
        AddTestCase(new BfdTimingSlowTest);
        AddTestCase(new BfdTimingMultiplierTest);
        AddTestCase(new BfdTimingSilentPeerTest);
    }
};

BfdTimingTestSuite g_bfdTimingTestSuite; //!< registers the suite

} // namespace
