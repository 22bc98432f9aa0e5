/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-translation.h"

#include "program-options.h"
#include "sweep-decimal.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace ns3
{
namespace keepalive
{

namespace
{

const std::string HEALTHY = "600";     //!< seconds before something fails, unless given
const std::string BGP_INTERVAL = "60"; //!< seconds, if only retries are given: RFC 4271 section 10
const std::string BGP_RETRIES = "3";   //!< if only an interval is given: the same

/**
 * @brief Split what is of one end of the network from what is of the other.
 * @param name a name, with "-b" if it is of R2
 * @return the name without, and "-b" or nothing
 */
std::pair<std::string, std::string>
SplitEnd(const std::string& name)
{
    const std::size_t length = name.size();
    if (length > 2 && name.compare(length - 2, 2, "-b") == 0)
    {
        return {name.substr(0, length - 2), "-b"};
    }
    return {name, ""};
}

/**
 * @brief A number as an option takes it, with all its digits.
 * @param number the number
 * @return the text
 */
std::string
ToText(double number)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.17g", number);
    return text;
}

/**
 * @brief A setting that has to be a number.
 * @param name what the user called it
 * @param value its value
 * @return the number
 * @throw UsageError if it is none
 */
double
ToNumber(const std::string& name, const std::string& value)
{
    char* end = nullptr;
    const double number = std::strtod(value.c_str(), &end);
    if (value.empty() || *end != '\0' || !(number > -1e300 && number < 1e300))
    {
        throw UsageError("option --" + name + "=" + value + ": expected a number");
    }
    return number;
}

} // namespace

const std::vector<SweepTranslation::CommonName>&
SweepTranslation::GetCommonNames()
{
    static const std::vector<CommonName> names{
        {"interval",
         "SECONDS",
         "between keepalives: tcp: between probes, and idle time before; bgp: keepalive time; dpd: "
         "delay; nat: NAT keepalive; bfd: both timers"},
        {"retries",
         "N",
         "unanswered ones that end it: tcp: probes; bgp: hold time over keepalive time; bfd: "
         "multiplier; not nat"},
        {"interval-b", "SECONDS", "the same for R2, if other than R1's; not nat"},
        {"retries-b", "N", "the same for R2, if other than R1's; not nat"},
        {"loss", "P", "probability that a packet is lost, each way"},
        {"burst",
         "PACKETS",
         "losses come in bursts of this mean length, as many as --loss says in the long run; 0 for "
         "independent losses"},
        {"load", "SHARE", "Poisson traffic as a share of the rate of the link"},
        {"priority", "yes|no", "keepalives go first in queues; not ethernet, dpd, nat"},
        {"queue", "PACKETS", "length of the queue that fills; not nat"},
        {"delay", "SECONDS", "one-way propagation delay of the link that fails"},
        {"rate", "RATE", "bit rate of that link"},
        {"fault",
         "KIND",
         "what fails, such as silent, one-way-to-r1, carrier, crash, stall; none to watch for "
         "mistakes only"},
        {"healthy",
         "SECONDS",
         "before something fails, or, if nothing does, how long a run is; 600 unless given"},
        {"profile",
         "NAME",
         "whose implementation; gre, hdlc and ppp: free, with any timers, unless given"},
        {"nat-mechanism", "dpd|tcp|none", "nat: what the ends have; none unless given"}};
    return names;
}

bool
SweepTranslation::IsCommon(const std::string& name)
{
    const auto& names = GetCommonNames();
    return std::any_of(names.begin(), names.end(), [&name](const CommonName& common) {
        return common.name == name;
    });
}

std::vector<std::string>
SweepTranslation::GetTargets(const std::string& mechanism, const std::string& name)
{
    const bool serial = mechanism == "hdlc" || mechanism == "ppp";
    const auto [base, end] = SplitEnd(name);
    if (base == "interval")
    {
        if (mechanism == "tcp")
        {
            return {"interval" + end, "idle" + end};
        }
        if (mechanism == "bgp")
        {
            return {"keepalive" + end, "hold" + end};
        }
        if (mechanism == "bfd")
        {
            return {"min-tx" + end, "min-rx" + end};
        }
        if (mechanism == "nat")
        {
            return end.empty() ? std::vector<std::string>{"nat-keepalive"}
                               : std::vector<std::string>{};
        }
        return {(mechanism == "dpd" ? "delay" : "interval") + end};
    }
    if (base == "retries")
    {
        if (mechanism == "bgp")
        {
            return {"keepalive" + end, "hold" + end};
        }
        if (mechanism == "nat")
        {
            return {};
        }
        return {(mechanism == "tcp"   ? "probes"
                 : mechanism == "bfd" ? "multiplier"
                                      : "retries") +
                end};
    }
    if (name == "delay" || name == "rate")
    {
        if (mechanism == "ethernet")
        {
            return {name};
        }
        return {serial ? (name == "delay" ? "line-delay" : "clock-rate") : "link-" + name};
    }
    if (name == "nat-mechanism")
    {
        return mechanism == "nat" ? std::vector<std::string>{"mechanism"}
                                  : std::vector<std::string>{};
    }
    if (name == "burst")
    {
        return {"burst-start", "burst-end"};
    }
    return {name == "fault" ? "failure" : name == "healthy" ? "fail-at" : name};
}

SweepTranslation::SweepTranslation(std::string mechanism, const std::set<std::string>& own)
    : m_mechanism(std::move(mechanism)),
      m_own(own)
{
}

bool
SweepTranslation::Has(const std::string& name) const
{
    const std::string prefix = m_mechanism + ".";
    const bool alone = name.compare(0, prefix.size(), prefix) == 0;
    const std::string rest = alone ? name.substr(prefix.size()) : name;
    if (alone && m_own.count(rest) > 0)
    {
        return true;
    }
    if (IsCommon(rest))
    {
        const std::vector<std::string> targets = GetTargets(m_mechanism, rest);
        return !targets.empty() &&
               std::all_of(targets.begin(), targets.end(), [this](const std::string& target) {
                   return m_own.count(target) > 0;
               });
    }
    // The mechanism of a sweep is another thing than that of the ends behind a NAT.
    return !alone && m_own.count(rest) > 0 && rest != "mechanism";
}

SweepPlan::Settings
SweepTranslation::Translate(const SweepPlan::Settings& settings)
{
    Sort(settings);
    m_set.clear();
    const bool bgp = m_mechanism == "bgp";
    for (const auto& [name, given] : m_common)
    {
        const std::string base = SplitEnd(name).first;
        const bool timer = base == "interval" || base == "retries";
        if (name == "burst" || name == "loss" || (bgp && timer))
        {
            continue;
        }
        Set(GetTargets(m_mechanism, name).front(), given.value, given.name);
    }
    TranslateBurst();
    if (bgp)
    {
        TranslateBgp();
    }
    else if (m_mechanism == "tcp")
    {
        TranslateTcp();
    }
    else if (m_mechanism == "bfd")
    {
        for (const std::string end : {"", "-b"})
        {
            if (const auto interval = Find("interval" + end))
            {
                Set("min-rx" + end, interval->value, interval->name);
            }
        }
    }
    for (const auto& [option, given] : m_unprefixed)
    {
        Set(option, given.value, given.name);
    }
    for (const auto& [option, given] : m_prefixed)
    {
        m_set[option] = given;
    }
    SetDefaults();

    SweepPlan::Settings own;
    for (const auto& [option, given] : m_set)
    {
        own.emplace_back(option, given.value);
    }
    return own;
}

void
SweepTranslation::Sort(const SweepPlan::Settings& settings)
{
    m_common.clear();
    m_unprefixed.clear();
    m_prefixed.clear();
    for (const bool alone : {false, true})
    {
        for (const auto& [name, value] : settings)
        {
            const std::size_t dot = name.find('.');
            if ((dot != std::string::npos) != alone || !Has(name))
            {
                continue;
            }
            const std::string rest = alone ? name.substr(dot + 1) : name;
            const Given given{name, value};
            // gre.loss is loss for gre alone, and tcp.interval what the program of TCP calls so.
            const bool common =
                IsCommon(rest) && (!alone || m_own.count(rest) == 0 ||
                                   GetTargets(m_mechanism, rest) == std::vector<std::string>{rest});
            (common ? m_common : alone ? m_prefixed : m_unprefixed)[rest] = given;
        }
    }
}

void
SweepTranslation::Set(const std::string& option,
                      const std::string& value,
                      const std::string& source)
{
    const auto [i, isNew] = m_set.emplace(option, Given{source, value});
    if (!isNew)
    {
        throw UsageError("options --" + i->second.name + " and --" + source +
                         ": contradict each other, both set --" + option + " of " + m_mechanism);
    }
}

std::optional<SweepTranslation::Given>
SweepTranslation::Find(const std::string& name) const
{
    const auto i = m_common.find(name);
    return i == m_common.end() ? std::nullopt : std::make_optional(i->second);
}

void
SweepTranslation::TranslateTcp()
{
    for (const std::string end : {"", "-b"})
    {
        const std::optional<Given> interval = Find("interval" + end);
        const auto isGiven = [this](const std::string& option) {
            return m_unprefixed.count(option) + m_prefixed.count(option) > 0;
        };
        if (interval && !isGiven("idle") && !isGiven("idle" + end))
        {
            Set("idle" + end, interval->value, interval->name);
        }
    }
}

void
SweepTranslation::TranslateBgp()
{
    const Given interval = Find("interval").value_or(Given{"", BGP_INTERVAL});
    const Given retries = Find("retries").value_or(Given{"", BGP_RETRIES});
    if (!interval.name.empty() || !retries.name.empty())
    {
        TranslateBgpEnd("", interval, retries);
    }
    const std::optional<Given> interval2 = Find("interval-b");
    const std::optional<Given> retries2 = Find("retries-b");
    if (interval2 || retries2)
    {
        TranslateBgpEnd("-b", interval2.value_or(interval), retries2.value_or(retries));
    }
}

void
SweepTranslation::TranslateBgpEnd(const std::string& suffix,
                                  const Given& interval,
                                  const Given& retries)
{
    const std::string source = interval.name.empty() ? retries.name : interval.name;
    Set("keepalive" + suffix, interval.value, source);
    // Whoever gives a hold time and an interval needs no retries.
    const bool held = m_unprefixed.count("hold") + m_unprefixed.count("hold" + suffix) > 0;
    if (held && retries.name.empty())
    {
        return;
    }
    const std::optional<SweepDecimal> time = SweepDecimal::Parse(interval.value);
    const std::optional<SweepDecimal> count = SweepDecimal::Parse(retries.value);
    if (!count || count->GetSign() <= 0 || count->ToText().find('.') != std::string::npos)
    {
        throw UsageError("option --" + retries.name + "=" + retries.value +
                         ": out of range, must be a whole number from 1");
    }
    const std::optional<SweepDecimal> product = time ? time->Times(*count) : std::nullopt;
    if (!product)
    {
        throw UsageError("option --" + source + "=" + interval.value +
                         ": expected a number of seconds");
    }
    Set("hold" + suffix, product->ToText(), retries.name.empty() ? source : retries.name);
}

void
SweepTranslation::TranslateBurst()
{
    const std::optional<Given> loss = Find("loss");
    const std::optional<Given> burst = Find("burst");
    const double length = burst ? ToNumber(burst->name, burst->value) : 0;
    if (length == 0)
    {
        if (loss)
        {
            Set("loss", loss->value, loss->name);
        }
        return;
    }
    const std::string option = "option --" + burst->name + "=" + burst->value + ": ";
    if (!loss)
    {
        throw UsageError(option + "needs --loss=P, how many are lost in the long run");
    }
    const double share = ToNumber(loss->name, loss->value);
    if (!(share >= 0 && share < 1))
    {
        throw UsageError("option --" + loss->name + "=" + loss->value +
                         ": out of range, must be 0 or more and less than 1 with bursts");
    }
    // In the bad state, which loses everything, for 1/burst-end packets on average, and for this
    // share of all packets. It is left with at most every packet, and entered likewise.
    const double shortest = std::max(1.0, share / (1 - share));
    if (!(length >= shortest))
    {
        throw UsageError(option + "out of range, must be 0, or " + ToText(shortest) +
                         " or more at a loss of " + loss->value);
    }
    Set("loss", "0", loss->name);
    Set("burst-start", ToText(share / (length * (1 - share))), burst->name);
    Set("burst-end", ToText(1 / length), burst->name);
}

void
SweepTranslation::SetDefaults()
{
    const auto setDefault = [this](const std::string& option, const std::string& value) {
        if (m_own.count(option) > 0)
        {
            m_set.emplace(option, Given{option, value});
        }
    };
    setDefault("traffic-rate", "0");
    setDefault("schedule", "random");
    setDefault("fail-at", HEALTHY);
    if (m_mechanism == "gre" || m_mechanism == "hdlc" || m_mechanism == "ppp")
    {
        setDefault("profile", "free");
    }
    if (m_mechanism == "nat")
    {
        setDefault("mechanism", "none");
    }
    if (m_set.at("schedule").value == "script")
    {
        throw UsageError("option --schedule=script: not in a sweep, which is complete without "
                         "files; expected once, random, flapping or process");
    }
    const auto failure = m_set.find("failure");
    if (failure != m_set.end() && failure->second.value == "none")
    {
        const Given& healthy = m_set.at("fail-at");
        if (m_set.count("stop") == 0 && ToNumber(healthy.name, healthy.value) == 0)
        {
            throw UsageError("option --" + healthy.name + "=" + healthy.value +
                             ": out of range, must be above 0 if nothing fails");
        }
        setDefault("stop", healthy.value);
    }
}

} // namespace keepalive
} // namespace ns3
