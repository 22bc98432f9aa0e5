/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-profile.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr BgpProfile::Jitter NONE{1, 1};   //!< timers are exact
constexpr BgpProfile::Jitter RFC{0.75, 1}; //!< RFC 4271 section 10
constexpr double PENDING_TIME = 10;        //!< of PendingRule::TEN_SECONDS
constexpr double SEND_HOLD_TIME = 480;     //!< RFC 9687 section 6: 8 minutes
constexpr uint16_t LEAST_HOLD_TIME = 3;    //!< RFC 4271 section 4.2, besides 0

/**
 * @brief What the RFC suggests. It leaves the IdleHoldTime open: 1 s is our choice.
 * @return the profile
 */
BgpProfile
MakeRfc4271()
{
    BgpProfile profile;
    profile.fsm.allowAutomaticStart = true; // or a session that fell would stay down for ever
    return profile;
}

/**
 * @brief What implementations have in common, as far as is known: no jitter where the RFC has
 *        some, no SendHoldTimer yet, and a state machine that is less strict than the RFC.
 * @param name what the profile is called
 * @param holdTime hold time, in seconds
 * @return the profile, keepalive time a third of the hold time
 */
BgpProfile
MakePractice(const std::string& name, uint16_t holdTime)
{
    BgpProfile profile = MakeRfc4271();
    profile.name = name;
    profile.holdTime = holdTime;
    profile.keepaliveTime = holdTime / 3.0;
    profile.keepaliveJitter = NONE;
    profile.connectRetryJitter = NONE;
    profile.sendHoldRule = BgpProfile::SendHoldRule::NONE;
    profile.fsm.activeOnConnectFailure = true;
    profile.fsm.passiveNeverConnects = true;
    profile.fsm.headerErrorInEstablished = true;
    profile.fsm.secondOpenIsError = true;
    profile.fsm.notificationEndsOpenSent = true;
    return profile;
}

/**
 * @brief Cisco IOS. 180 s and 60 s: its manuals; no jitter: captures of 2008 have a KEEPALIVE every
 *        59.98 to 60.3 s. The rest is unknown, and as the RFC has it.
 * @return the profile
 */
BgpProfile
MakeCisco()
{
    BgpProfile profile = MakePractice("cisco", 180);
    profile.wholeSeconds = true;
    return profile;
}

/**
 * @brief Junos. 90 s, and "three times the interval at which keepalive messages are sent": the
 *        manual. That its timers are jittered as the RFC suggests is from memory.
 * @return the profile
 */
BgpProfile
MakeJuniper()
{
    BgpProfile profile = MakePractice("juniper", 90);
    profile.keepaliveRule = BgpProfile::KeepaliveRule::ALWAYS_A_THIRD;
    profile.keepaliveJitter = RFC;
    profile.connectRetryJitter = RFC;
    return profile;
}

/**
 * @brief Huawei VRP. 180 s, 60 s, and 32 s between connections: the command reference.
 * @return the profile
 */
BgpProfile
MakeHuawei()
{
    BgpProfile profile = MakePractice("huawei", 180);
    profile.connectRetryTime = 32;
    return profile;
}

/**
 * @brief FRR, from its source (bgp_fsm.c, bgp_keepalives.c, bgpd.h), and measured with 8.4.4: a
 *        KEEPALIVE every 3.0000 to 3.0011 s, expiry 9.0010 to 9.0033 s after the last one.
 *
 * After a failure it waits 1 s at first. Older versions wait 120 s for a connection. A KEEPALIVE
 * may go 100 ms early with several peers, which is not modelled.
 *
 * @param name what the profile is called
 * @param holdTime hold time, in seconds
 * @param connectRetryTime time between connections, in seconds
 * @return the profile
 */
BgpProfile
MakeFrr(const std::string& name, uint16_t holdTime, double connectRetryTime)
{
    BgpProfile profile = MakePractice(name, holdTime);
    profile.connectRetryTime = connectRetryTime;
    profile.largeIsConfigured = true;
    profile.updateRestartsKeepalive = false; // a thread of its own counts from the last KEEPALIVE
    profile.wholeSeconds = true;
    profile.sendHoldRule = BgpProfile::SendHoldRule::TWICE_HOLD_TIME;
    profile.pendingRule = BgpProfile::PendingRule::HOLD_TIME_MORE;
    profile.fsm.notifySendHold = true;
    return profile;
}

/**
 * @brief BIRD, from its source and manual, and measured with 2.0.12: intervals of 0.75 to 1 times
 *        the keepalive time, expiry 0.77 to 0.98 of the hold time after the last one, and the
 *        NOTIFICATION 3 s later, for its main loop sleeps that long.
 *
 * Every timer is jittered, the HoldTimer not excepted. After an error it waits 60 s, or up to 300 s
 * if errors go on.
 *
 * @return the profile
 */
BgpProfile
MakeBird()
{
    BgpProfile profile = MakePractice("bird", 240);
    profile.idleHoldTime = 60;
    profile.notificationDelay = 3;
    profile.keepaliveJitter = RFC;
    profile.connectRetryJitter = RFC;
    profile.holdJitter = RFC;
    profile.idleHoldJitter = RFC;
    profile.delayOpenJitter = RFC;
    profile.sendHoldJitter = RFC;
    profile.updateRestartsKeepalive = false;
    profile.wholeSeconds = true;
    profile.keepaliveRule = BgpProfile::KeepaliveRule::SCALED;
    profile.sendHoldRule = BgpProfile::SendHoldRule::TWICE_HOLD_TIME;
    profile.pendingRule = BgpProfile::PendingRule::TEN_SECONDS;
    profile.fsm.updateIsKeepalive = true;
    return profile;
}

/**
 * @brief GoBGP, from its source (default.go, fsm.go): a plain ticker, without jitter.
 * @return the profile
 */
BgpProfile
MakeGobgp()
{
    BgpProfile profile = MakePractice("gobgp", 90);
    profile.idleHoldTime = 5;
    profile.connectRetryJitter = RFC;
    profile.updateRestartsKeepalive = false;
    profile.keepaliveRule = BgpProfile::KeepaliveRule::THIRD_IF_CUT;
    return profile;
}

/**
 * @brief ExaBGP, from its source (timer.py, delay.py): its clock counts whole seconds and more than
 *        the hold time must have passed on it, so expiry is up to 1 s late; that it is 1 s is a
 *        simplification. It waits 60 s for an OPEN (from memory), and reconnects by itself: the
 *        ConnectRetryTime is the longest of its delays.
 * @return the profile
 */
BgpProfile
MakeExabgp()
{
    BgpProfile profile = MakePractice("exabgp", 180);
    profile.connectRetryTime = 60;
    profile.largeHoldTime = 60;
    profile.lateExpiry = 1;
    profile.updateRestartsKeepalive = false;
    profile.wholeSeconds = true;
    profile.keepaliveRule = BgpProfile::KeepaliveRule::ALWAYS_A_THIRD;
    return profile;
}

/**
 * @brief All profiles.
 * @return the profiles, in the order of their names in the manual
 */
const std::vector<BgpProfile>&
GetProfiles()
{
    static const std::vector<BgpProfile> PROFILES = {MakeRfc4271(),
                                                     MakeCisco(),
                                                     MakeJuniper(),
                                                     MakeHuawei(),
                                                     MakeFrr("frr", 180, 30),
                                                     MakeFrr("frr-datacenter", 9, 10),
                                                     MakeBird(),
                                                     MakeGobgp(),
                                                     MakeExabgp()};
    return PROFILES;
}

} // namespace

double
BgpProfile::Jitter::GetFactor(double draw) const
{
    return low + draw * (high - low);
}

const BgpProfile*
BgpProfile::Find(const std::string& name)
{
    for (const BgpProfile& profile : GetProfiles())
    {
        if (profile.name == name)
        {
            return &profile;
        }
    }
    return nullptr;
}

std::vector<std::string>
BgpProfile::GetNames()
{
    std::vector<std::string> names;
    for (const BgpProfile& profile : GetProfiles())
    {
        names.push_back(profile.name);
    }
    return names;
}

double
BgpProfile::GetKeepaliveTime(double configuredKeepalive,
                             uint16_t configuredHold,
                             uint16_t agreedHold) const
{
    if (agreedHold == 0)
    {
        return 0;
    }
    const double third = agreedHold / 3.0;
    double time = third;
    if (configuredKeepalive > 0)
    {
        switch (keepaliveRule)
        {
        case KeepaliveRule::AT_MOST_A_THIRD:
            time = std::min(configuredKeepalive, third);
            break;
        case KeepaliveRule::SCALED:
            // Who proposes no limit has no share to keep.
            time = configuredHold > 0 ? configuredKeepalive * agreedHold / configuredHold : third;
            break;
        case KeepaliveRule::THIRD_IF_CUT:
            time = agreedHold < configuredHold ? third : configuredKeepalive;
            break;
        case KeepaliveRule::ALWAYS_A_THIRD:
            break;
        }
    }
    return std::max(wholeSeconds ? std::floor(time) : time, SHORTEST_KEEPALIVE_TIME);
}

double
BgpProfile::GetKeepaliveInterval(double keepaliveTime, const Jitter& jitter, double draw)
{
    if (keepaliveTime <= 0)
    {
        return 0;
    }
    return std::max(keepaliveTime * jitter.GetFactor(draw), SHORTEST_KEEPALIVE_TIME);
}

double
BgpProfile::GetHoldTimeout(uint16_t agreedHold) const
{
    return agreedHold > 0 ? agreedHold + lateExpiry : 0;
}

double
BgpProfile::GetLargeHoldTime(uint16_t configuredHold) const
{
    return largeIsConfigured ? configuredHold : largeHoldTime;
}

double
BgpProfile::GetPendingTime(uint16_t agreedHold) const
{
    switch (pendingRule)
    {
    case PendingRule::EXPIRE:
        break;
    case PendingRule::HOLD_TIME_MORE:
        return GetHoldTimeout(agreedHold);
    case PendingRule::TEN_SECONDS:
        return agreedHold > 0 ? PENDING_TIME : 0;
    }
    return 0;
}

double
BgpProfile::GetSendHoldTime(uint16_t agreedHold) const
{
    if (agreedHold == 0)
    {
        return 0; // RFC 9687 section 4.3
    }
    switch (sendHoldRule)
    {
    case SendHoldRule::NONE:
        break;
    case SendHoldRule::RFC9687:
        return std::max(SEND_HOLD_TIME, 2.0 * agreedHold);
    case SendHoldRule::TWICE_HOLD_TIME:
        return 2.0 * agreedHold;
    }
    return 0;
}

const BgpFsm::Options&
BgpProfile::GetFsmOptions() const
{
    return fsm;
}

std::optional<uint16_t>
NegotiateHoldTime(uint16_t own, uint16_t received)
{
    for (const uint16_t proposal : {own, received})
    {
        if (proposal > 0 && proposal < LEAST_HOLD_TIME)
        {
            return std::nullopt;
        }
    }
    return std::min(own, received);
}

} // namespace keepalive
} // namespace ns3
