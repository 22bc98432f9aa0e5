/* SPDX-License-Identifier: GPL-2.0-only */

#include "ns3/bgp-profile.h"
#include "ns3/test.h"

#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief The timers of BGP implementations.
 *
 * Behaviours:
 *  1. the hold time is the smaller of both proposals, and 1 and 2 are refused
 *  2. every profile has the times of its implementation
 *  3. each rule derives the keepalive time from configuration and agreement; never below 1 s
 *  4. jitter: its bounds, and the 1 s below which no KEEPALIVE follows another
 *  5. hold and send hold timers: rules, bounds and the hold time of 0
 *  6. names
 */

namespace ns3
{
namespace keepalive
{
namespace
{

/**
 * @ingroup keepalive-tests
 * @brief 1. Negotiation.
 */
class HoldTimeNegotiationTest : public TestCase
{
  public:
    HoldTimeNegotiationTest()
        : TestCase("the smaller hold time is agreed on, 1 and 2 are refused")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            uint16_t own;      //!< proposal
            uint16_t received; //!< proposal
            int agreed;        //!< -1 for refused
        } cases[] = {{180, 90, 90},
                     {90, 180, 90},
                     {90, 90, 90},
                     {0, 90, 0},
                     {90, 0, 0},
                     {0, 0, 0},
                     {3, 65535, 3},
                     {65535, 65535, 65535},
                     {90, 1, -1},
                     {90, 2, -1},
                     {90, 3, 3},
                     {0, 1, -1},
                     {1, 90, -1},
                     {2, 0, -1}};

        for (const auto& one : cases)
        {
            const auto agreed = NegotiateHoldTime(one.own, one.received);
            NS_TEST_EXPECT_MSG_EQ((agreed ? int{*agreed} : -1),
                                  one.agreed,
                                  one.own << " and " << one.received);
        }
    }
};

/// What is known of an implementation, as a row of protocols has it.
struct Known
{
    const char* name;    //!< profile
    uint16_t hold;       //!< proposed
    double keepalive;    //!< between KEEPALIVEs
    double retry;        //!< ConnectRetryTime
    double large;        //!< hold time in OpenSent
    double idle;         //!< IdleHoldTime
    double jitter;       //!< least factor on the keepalive time
    double holdJitter;   //!< least factor on the hold time
    double expiry;       //!< HoldTimer at the hold time proposed
    double sendHold;     //!< SendHoldTimer at the hold time proposed; 0 for none
    double pending;      //!< HoldTimer if something is to be read at expiry
    double late;         //!< NOTIFICATION behind expiry
    bool updateRestarts; //!< UPDATE restarts the KeepaliveTimer
    bool byTheLetter;    //!< state machine without the habits of implementations
};

const Known KNOWN[] = {
    {"rfc4271", 90, 30, 120, 240, 1, 0.75, 1, 90, 480, 0, 0, true, true},
    {"cisco", 180, 60, 120, 240, 1, 1, 1, 180, 0, 0, 0, true, false},
    {"juniper", 90, 30, 120, 240, 1, 0.75, 1, 90, 0, 0, 0, true, false},
    {"huawei", 180, 60, 32, 240, 1, 1, 1, 180, 0, 0, 0, true, false},
    {"frr", 180, 60, 30, 180, 1, 1, 1, 180, 360, 180, 0, false, false},
    {"frr-datacenter", 9, 3, 10, 9, 1, 1, 1, 9, 18, 9, 0, false, false},
    {"bird", 240, 80, 120, 240, 60, 0.75, 0.75, 240, 480, 10, 3, false, false},
    {"gobgp", 90, 30, 120, 240, 5, 1, 1, 90, 0, 0, 0, false, false},
    {"exabgp", 180, 60, 60, 60, 1, 1, 1, 181, 0, 0, 0, false, false},
};

/**
 * @ingroup keepalive-tests
 * @brief 2 and 6. The profiles.
 */
class BgpProfileTest : public TestCase
{
  public:
    BgpProfileTest()
        : TestCase("the profiles have the timers of their implementations")
    {
    }

  private:
    void DoRun() override
    {
        const std::vector<std::string> names = BgpProfile::GetNames();
        NS_TEST_ASSERT_MSG_EQ(names.size(), std::size(KNOWN), "nine profiles");
        for (std::size_t i = 0; i < names.size(); i++)
        {
            const Known& known = KNOWN[i];
            NS_TEST_EXPECT_MSG_EQ(names[i], known.name, "order");
            const BgpProfile* profile = BgpProfile::Find(known.name);
            NS_TEST_ASSERT_MSG_EQ((profile != nullptr), true, known.name);
            NS_TEST_EXPECT_MSG_EQ(profile->name, known.name, "finds what is asked for");
            Check(*profile, known);
        }
        for (const char* none : {"", "RFC4271", "frr ", "quagga"})
        {
            NS_TEST_EXPECT_MSG_EQ((BgpProfile::Find(none) == nullptr), true, none);
        }
    }

    /**
     * @brief Check one profile.
     * @param p the profile
     * @param known what is known
     */
    void Check(const BgpProfile& p, const Known& known)
    {
        NS_TEST_EXPECT_MSG_EQ(p.holdTime, known.hold, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.GetKeepaliveTime(p.keepaliveTime, p.holdTime, p.holdTime),
                              known.keepalive,
                              p.name);
        NS_TEST_EXPECT_MSG_EQ(p.connectRetryTime, known.retry, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.GetLargeHoldTime(p.holdTime), known.large, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.idleHoldTime, known.idle, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.keepaliveJitter.low, known.jitter, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.holdJitter.low, known.holdJitter, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.GetHoldTimeout(p.holdTime), known.expiry, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.GetSendHoldTime(p.holdTime), known.sendHold, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.GetPendingTime(p.holdTime), known.pending, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.notificationDelay, known.late, p.name);
        NS_TEST_EXPECT_MSG_EQ(p.updateRestartsKeepalive, known.updateRestarts, p.name);
        for (const auto& jitter : {p.keepaliveJitter,
                                   p.holdJitter,
                                   p.connectRetryJitter,
                                   p.idleHoldJitter,
                                   p.delayOpenJitter})
        {
            NS_TEST_EXPECT_MSG_EQ((jitter.low == 1 || jitter.low == 0.75), true, p.name);
            NS_TEST_EXPECT_MSG_EQ(jitter.high, 1, p.name);
        }
        const BgpFsm::Options& fsm = p.GetFsmOptions();
        const bool practice = fsm.activeOnConnectFailure && fsm.passiveNeverConnects &&
                              fsm.headerErrorInEstablished && fsm.secondOpenIsError &&
                              fsm.notificationEndsOpenSent;
        NS_TEST_EXPECT_MSG_EQ(practice, !known.byTheLetter, p.name);
        NS_TEST_EXPECT_MSG_EQ(fsm.updateIsKeepalive, (p.name == "bird"), p.name);
        NS_TEST_EXPECT_MSG_EQ(fsm.allowAutomaticStart, true, p.name);
        NS_TEST_EXPECT_MSG_EQ(fsm.passive, false, p.name);
        NS_TEST_EXPECT_MSG_EQ((p.idleHoldTime > 0 && p.delayOpenTime > 0), true, p.name);
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 3 and 4. The time between KEEPALIVEs.
 */
class BgpKeepaliveTimeTest : public TestCase
{
  public:
    BgpKeepaliveTimeTest()
        : TestCase("the keepalive time follows from what is configured and agreed on")
    {
    }

  private:
    void DoRun() override
    {
        const struct
        {
            const char* name; //!< profile
            double keepalive; //!< configured; 0 for a third
            uint16_t hold;    //!< configured
            uint16_t agreed;  //!< with the peer
            double expected;  //!< between KEEPALIVEs
        } cases[] = {
            // at most a third of what is agreed on
            {"rfc4271", 30, 90, 90, 30},
            {"rfc4271", 30, 90, 180, 30},
            {"rfc4271", 30, 90, 60, 20},
            {"rfc4271", 10, 90, 60, 10},
            {"rfc4271", 0, 90, 60, 20},
            {"rfc4271", 30, 90, 10, 10 / 3.0},
            {"rfc4271", 30, 90, 3, 1},
            {"rfc4271", 0.5, 90, 90, 1},
            {"rfc4271", 30, 90, 0, 0},
            {"frr", 60, 180, 10, 3}, // in whole seconds
            {"frr", 60, 180, 5, 1},
            {"frr-datacenter", 3, 9, 180, 3},
            // the same share
            {"bird", 80, 240, 90, 30},
            {"bird", 60, 240, 90, 22},
            {"bird", 200, 240, 90, 75},
            {"bird", 30, 120, 60, 15},
            {"bird", 0, 240, 100, 33},
            {"bird", 1, 240, 3, 1},
            {"bird", 0, 98, 15, 5},
            {"bird", 80, 0, 90, 30},
            {"bird", 80, 240, 0, 0},
            // a third if cut
            {"gobgp", 30, 90, 90, 30},
            {"gobgp", 10, 90, 90, 10},
            {"gobgp", 10, 90, 60, 20},
            {"gobgp", 50, 90, 180, 50},
            // always a third
            {"juniper", 10, 90, 90, 30},
            {"juniper", 10, 90, 20, 20 / 3.0},
            {"exabgp", 10, 180, 20, 6},
            {"exabgp", 60, 180, 0, 0},
        };

        for (const auto& one : cases)
        {
            const double time =
                BgpProfile::Find(one.name)->GetKeepaliveTime(one.keepalive, one.hold, one.agreed);
            NS_TEST_EXPECT_MSG_EQ_TOL(time,
                                      one.expected,
                                      1e-12,
                                      one.name << ", " << one.keepalive << " of " << one.hold
                                               << ", agreed on " << one.agreed);
        }

        // A third of any hold time, however much longer the one that is configured.
        for (const std::string& name : BgpProfile::GetNames())
        {
            const BgpProfile& profile = *BgpProfile::Find(name);
            for (uint16_t agreed = 3; agreed <= 600; agreed++)
            {
                for (const int longer : {0, 1, 83, 1000})
                {
                    const double time = profile.GetKeepaliveTime(0, agreed + longer, agreed);
                    const double third = profile.wholeSeconds ? agreed / 3 : agreed / 3.0;
                    NS_TEST_EXPECT_MSG_EQ(time, third, name << ", agreed on " << agreed);
                }
            }
        }

        const auto interval = [](const char* name, double keepaliveTime, double draw) {
            return BgpProfile::GetKeepaliveInterval(keepaliveTime,
                                                    BgpProfile::Find(name)->keepaliveJitter,
                                                    draw);
        };
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 30, 0), 22.5, "least");
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 30, 0.5), 26.25, "mean");
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 30, 1), 30, "greatest");
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 1, 0), 1, "one per second");
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 1.2, 0), 1, "one per second");
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 1.2, 1), 1.2, "not more");
        NS_TEST_EXPECT_MSG_EQ(interval("rfc4271", 0, 0.5), 0, "none");
        NS_TEST_EXPECT_MSG_EQ(interval("cisco", 60, 0), 60, "exact");
        NS_TEST_EXPECT_MSG_EQ(interval("cisco", 60, 1), 60, "exact");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief 5. Timers that end a session.
 */
class BgpHoldTimesTest : public TestCase
{
  public:
    BgpHoldTimesTest()
        : TestCase("hold and send hold times follow from what is agreed on")
    {
    }

  private:
    void DoRun() override
    {
        const BgpProfile& rfc = *BgpProfile::Find("rfc4271");
        NS_TEST_EXPECT_MSG_EQ(rfc.GetSendHoldTime(240), 480, "8 minutes");
        NS_TEST_EXPECT_MSG_EQ(rfc.GetSendHoldTime(241), 482, "twice the hold time");
        for (const std::string& name : BgpProfile::GetNames())
        {
            const BgpProfile& profile = *BgpProfile::Find(name);
            NS_TEST_EXPECT_MSG_EQ(profile.GetHoldTimeout(0), 0, name << ": no limit");
            NS_TEST_EXPECT_MSG_EQ(profile.GetSendHoldTime(0), 0, name << ": no limit");
            NS_TEST_EXPECT_MSG_EQ(profile.GetPendingTime(0), 0, name << ": no limit");
            for (const uint16_t hold : {3, 9, 90, 65535})
            {
                const double sendHold = profile.GetSendHoldTime(hold);
                // RFC 9687 section 4.4: if there is one, it MUST be greater.
                NS_TEST_EXPECT_MSG_EQ((sendHold == 0 || sendHold > hold), true, name);
                const double late = name == "exabgp" ? 1 : 0;
                NS_TEST_EXPECT_MSG_EQ(profile.GetHoldTimeout(hold), hold + late, name);
            }
        }
        NS_TEST_EXPECT_MSG_EQ(BgpProfile::Find("frr")->GetPendingTime(30), 30, "all of it again");
        NS_TEST_EXPECT_MSG_EQ(BgpProfile::Find("bird")->GetPendingTime(30), 10, "10 s");
        NS_TEST_EXPECT_MSG_EQ(BgpProfile::Find("frr")->GetLargeHoldTime(0), 0, "no limit");
        NS_TEST_EXPECT_MSG_EQ(BgpProfile::Find("bird")->GetLargeHoldTime(9), 240, "4 minutes");
    }
};

/**
 * @ingroup keepalive-tests
 * @brief The suite.
 */
class BgpProfileTestSuite : public TestSuite
{
  public:
    BgpProfileTestSuite()
        : TestSuite("keepalive-bgp-profile")
    {
        AddTestCase(new HoldTimeNegotiationTest);
        AddTestCase(new BgpProfileTest);
        AddTestCase(new BgpKeepaliveTimeTest);
        AddTestCase(new BgpHoldTimesTest);
    }
};

BgpProfileTestSuite g_bgpProfileTestSuite; //!< registers itself

} // namespace
} // namespace keepalive
} // namespace ns3
