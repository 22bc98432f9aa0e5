/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-profile.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t MS = 1000000;       //!< a millisecond in ns
constexpr int64_t SECOND = 1000 * MS; //!< a second in ns

constexpr uint32_t HIGH_BIT_CLEAR = 0x7fffffff; //!< RFC 3706 section 6.2: room to count up

using Pace = DpdDecision::Pace;
using Rule = DpdDecision::Rule;
using Settings = DpdDecision::Settings;
using RequestCheck = DpdProfile::RequestCheck;

/**
 * @brief `crypto isakmp keepalive 10 2 periodic`, or on-demand.
 *
 * Recalled from the command reference: one request, and when it is missed five aggressive retries.
 * Whether the last one is waited for is not documented: FinalWait. Whether the period runs from
 * the request or from its answer is not, either: from the request.
 *
 * @param onDemand which
 * @return the timers
 */
Settings
MakeCisco(bool onDemand)
{
    Settings settings;
    settings.pace = onDemand ? Pace::SILENCE : Pace::CLOCK;
    settings.onDemand = onDemand;
    settings.delay = 10 * SECOND;
    settings.rule = Rule::COUNT;
    settings.retry = 2 * SECOND;
    settings.retries = 5;
    return settings;
}

/**
 * @brief strongSwan, IKEv1: dpddelay 30 s, dpdtimeout 150 s.
 *
 * Measured with 5.9.8: a new request with a new number every delay, the end a timeout after the
 * last packet received. (The source of another release repeats the number until it is answered.)
 *
 * @return the timers
 */
Settings
MakeStrongswan1()
{
    Settings settings;
    settings.pace = Pace::SILENCE;
    settings.delay = 30 * SECOND;
    settings.rule = Rule::SILENCE;
    settings.timeout = 150 * SECOND;
    return settings;
}

/**
 * @brief strongSwan, IKEv2: dpddelay 30 s, retransmissions 4 s * 1.8^i, 5 of them.
 *
 * Measured with 5.9.8, defaults and others. The end comes 165.06 s after the first transmission.
 *
 * @return the timers
 */
Settings
MakeStrongswan2()
{
    Settings settings;
    settings.pace = Pace::SILENCE;
    settings.delay = 30 * SECOND;
    settings.rule = Rule::BACKOFF;
    settings.retry = 4 * SECOND;
    settings.retries = 5;
    settings.base = 1.8;
    settings.onlyAnswer = true;
    settings.repeat = true;
    return settings;
}

/**
 * @brief libreswan, IKEv1: dpddelay and dpdtimeout, for which it has no defaults; the usual 30 and
 *        120 s.
 *
 * Read in ikev1_dpd.c: a request every delay, the end a timeout after the first unanswered one;
 * data found when a request is due puts it off by a whole delay, and on UDP 4500 is not looked for
 * (so that requests keep the NAT binding alive). Simplified: data that comes while a request is
 * unanswered counts at once, there it does when the next request is due.
 *
 * @return the timers
 */
Settings
MakeLibreswan1()
{
    Settings settings;
    settings.pace = Pace::SILENCE;
    settings.delay = 30 * SECOND;
    settings.rule = Rule::REQUEST_TIME;
    settings.timeout = 120 * SECOND;
    settings.fullRecheck = true;
    return settings;
}

/**
 * @brief libreswan, IKEv2: dpddelay, retransmit-interval 0.5 s, retransmit-timeout 60 s.
 *
 * Read in ikev2_liveness.c and retransmit.c, and seen in logs: retransmissions 0.5, 1, 2, 4, 8, 16
 * and 32 s after the first transmission, the end at 64 s, when the timer first finds more than 60 s
 * passed. dpdtimeout has no effect: a user who set delay 3 and timeout 5 waited 65 s (issue 543 of
 * libreswan). A silence that lacks less than 1 s (MIN_LIVENESS) is enough for a request.
 *
 * @return the timers
 */
Settings
MakeLibreswan2()
{
    Settings settings;
    settings.pace = Pace::SILENCE;
    settings.delay = 30 * SECOND;
    settings.rule = Rule::DOUBLING;
    settings.retry = 500 * MS;
    settings.timeout = 60 * SECOND;
    settings.onlyAnswer = true;
    settings.repeat = true;
    settings.slack = 1 * SECOND;
    return settings;
}

/**
 * @brief racoon: dpd_delay, which is off by default, here 20 s; dpd_retry 5 s, dpd_maxfail 5.
 *
 * Read in isakmp_inf.c: traffic is not looked at, only an ACK counts; it gives up when a sixth
 * request would be due. The defaults are recalled from its manual.
 *
 * @return the timers
 */
Settings
MakeRacoon()
{
    Settings settings;
    settings.pace = Pace::ANSWER;
    settings.delay = 20 * SECOND;
    settings.rule = Rule::COUNT;
    settings.retry = 5 * SECOND;
    settings.retries = 4;
    settings.onlyAnswer = true;
    settings.dataIsLife = false;
    return settings;
}

/**
 * Columns as the fields: name, ikeVersion, settings, requestCheck, duplicates, firstSequenceMask,
 * dataIsLifeBehindNat, suite.
 *
 * What is answered: Cisco as RFC 3706 section 6.3 has it; strongSwan and racoon answer all;
 * libreswan answers three old ones in a row (DPD_RETRANS_MAX), and begins to count with a small
 * number.
 */
const DpdProfile PROFILES[] = {
    {"cisco-periodic",
     1,
     MakeCisco(false),
     RequestCheck::NEWER,
     0,
     HIGH_BIT_CLEAR,
     true,
     "aes-sha1"},
    {"cisco-on-demand",
     1,
     MakeCisco(true),
     RequestCheck::NEWER,
     0,
     HIGH_BIT_CLEAR,
     true,
     "aes-sha1"},
    {"strongswan-ikev1",
     1,
     MakeStrongswan1(),
     RequestCheck::ANY,
     0,
     HIGH_BIT_CLEAR,
     true,
     "aes-sha256"},
    {"strongswan-ikev2",
     2,
     MakeStrongswan2(),
     RequestCheck::ANY,
     0,
     HIGH_BIT_CLEAR,
     true,
     "aes-cbc-sha256-128"},
    {"libreswan", 1, MakeLibreswan1(), RequestCheck::DUPLICATES, 3, 0x7fff, false, "aes-sha1"},
    {"libreswan-ikev2",
     2,
     MakeLibreswan2(),
     RequestCheck::ANY,
     0,
     HIGH_BIT_CLEAR,
     true,
     "aes-gcm-16"},
    {"racoon", 1, MakeRacoon(), RequestCheck::ANY, 0, HIGH_BIT_CLEAR, true, "3des-sha1"},
};

} // namespace

const DpdProfile*
DpdProfile::Find(const std::string& name)
{
    for (const DpdProfile& profile : PROFILES)
    {
        if (name == profile.name)
        {
            return &profile;
        }
    }
    return nullptr;
}

std::vector<std::string>
DpdProfile::GetNames()
{
    std::vector<std::string> names;
    for (const DpdProfile& profile : PROFILES)
    {
        names.emplace_back(profile.name);
    }
    return names;
}

DpdDecision::Settings
DpdProfile::Configure(const Choices& choices) const
{
    Settings made = settings;
    made.delay = choices.delay.value_or(made.delay);
    made.retry = choices.retry.value_or(made.retry);
    made.retries = choices.retries.value_or(made.retries);
    made.base = choices.base.value_or(made.base);
    made.finalWait = choices.finalWait.value_or(made.finalWait);
    made.timeout = (made.rule == Rule::DOUBLING ? choices.retransmitTimeout : choices.timeout)
                       .value_or(made.timeout);
    if (choices.onDemand)
    {
        made.onDemand = *choices.onDemand;
        if (made.onDemand || settings.onDemand)
        {
            made.pace = made.onDemand ? Pace::SILENCE : Pace::CLOCK;
        }
    }
    return made;
}

std::string
DpdProfile::Check(const DpdDecision::Settings& chosen) const
{
    if (std::string(name).compare(0, 5, "cisco") == 0)
    {
        if (chosen.delay < 10 * SECOND || chosen.delay > 3600 * SECOND)
        {
            return "Cisco IOS asks after 10 to 3600 s";
        }
        if (chosen.retry < 2 * SECOND || chosen.retry > 60 * SECOND)
        {
            return "Cisco IOS asks again after 2 to 60 s";
        }
    }
    return DpdDecision::Check(chosen);
}

} // namespace keepalive
} // namespace ns3
