/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-scenario-law.h"

#include "ns3/dpd-scenario-law.h"
#include "ns3/dpd-scenario.h"
#include "ns3/ike-port.h"
#include "ns3/nat-profile.h"
#include "ns3/tcp-scenario-law.h"
#include "ns3/tcp-scenario.h"

#include <algorithm>
#include <limits>

namespace ns3
{
namespace keepalive
{

namespace
{

using Failure = ScenarioConfig::Failure;
using Mechanism = NatScenarioConfig::Mechanism;
using Place = NatScenarioConfig::Place;

constexpr double NEVER = std::numeric_limits<double>::infinity(); //!< it is silent
constexpr double MARGIN = 1;   //!< seconds for round trips, by which a binding must outlive silence
constexpr uint32_t N_ENDS = 2; //!< R1 and R2; the binding is no end

/**
 * @brief Copy what scenarios have in common: network, impairments and failures.
 * @tparam Config another configuration
 * @param from the configuration
 * @param to filled in
 */
template <typename Config>
void
CopyCommon(const NatScenarioConfig& from, Config& to)
{
    static_cast<ScenarioConfig&>(to) = from;
    to.linkRate = from.linkRate;
    to.linkDelay = from.linkDelay;
    to.lanRate = from.lanRate;
    to.lanDelay = from.lanDelay;
    to.failR1 = from.at == Place::R1;
}

} // namespace

NatScenarioLaw::NatScenarioLaw(const NatScenarioConfig& config)
    : m_config(config),
      m_tcp(MakeTcpConfig(config)),
      m_dpd(MakeDpdConfig(config))
{
}

// ---- the binding ----

double
NatScenarioLaw::GetLifetime() const
{
    const NatProfile& profile = *NatProfile::Find(m_config.nat.profile);
    if (m_config.mechanism == Mechanism::TCP)
    {
        return m_config.nat.tcpTimeout.IsStrictlyPositive()
                   ? m_config.nat.tcpTimeout.GetSeconds()
                   : NanoSeconds(profile.tcp.established).GetSeconds();
    }
    return m_config.nat.udpTimeout.IsStrictlyPositive()
               ? m_config.nat.udpTimeout.GetSeconds()
               : NanoSeconds(std::min(profile.udpTimeout, profile.udpStreamTimeout)).GetSeconds();
}

bool
NatScenarioLaw::IsRefreshedInbound() const
{
    const NatSettings::Refresh refresh = m_config.nat.refresh;
    return refresh == NatSettings::BOTH ||
           (refresh == NatSettings::REFRESH_OF_PROFILE &&
            NatProfile::Find(m_config.nat.profile)->refresh == NatProfile::BOTH);
}

double
NatScenarioLaw::GetLongestSilence() const
{
    double silence = NEVER;
    const auto speaks = [&silence](double period) {
        silence = period > 0 ? std::min(silence, period) : silence;
    };
    if (m_config.mechanism == Mechanism::TCP)
    {
        // R1 answers the probes of R2, too.
        const TcpScenarioLaw law(m_tcp);
        speaks(law.GetCycle(0));
        speaks(law.GetCycle(1));
        speaks(m_config.r1.dataPeriod.GetSeconds());
        return silence;
    }
    speaks(m_config.natKeepalive.GetSeconds());
    speaks(m_config.r1.dataPeriod.GetSeconds());
    if (m_config.mechanism == Mechanism::DPD)
    {
        const DpdScenarioLaw law(m_dpd);
        speaks(law.GetCycle(0));
        speaks(law.GetCycle(1));
    }
    return silence;
}

bool
NatScenarioLaw::IsKept() const
{
    return GetLongestSilence() + MARGIN < GetLifetime();
}

std::optional<NatLaw>
NatScenarioLaw::GetBindingLaw() const
{
    const NatScenarioConfig& c = m_config;
    const NatProfile& profile = *NatProfile::Find(c.nat.profile);
    const double keepalive = c.natKeepalive.GetSeconds();
    const double data = c.r1.dataPeriod.GetSeconds();
    const bool inbound = c.r2.dataPeriod.IsStrictlyPositive();
    // A flow that is answered may live longer, and is prolonged from outside if it can be.
    const bool longer =
        inbound && (IsRefreshedInbound() ||
                    (c.nat.udpTimeout.IsZero() && profile.udpTimeout != profile.udpStreamTimeout));
    // Data more often than keepalives leaves none of these; else both take turns.
    const bool mixed = keepalive > 0 && data > keepalive;
    if (c.mechanism != Mechanism::NONE || longer || mixed || c.HasBursts() || c.load > 0 ||
        c.failure != Failure::NONE || (keepalive <= 0 && data <= 0))
    {
        return std::nullopt;
    }
    return NatLaw(data > 0 ? data : keepalive, GetLifetime());
}

// ---- the ends ----

std::optional<DetectionBounds>
NatScenarioLaw::Get(uint32_t end) const
{
    const NatScenarioConfig& c = m_config;
    const bool box =
        (c.failure == Failure::CRASH || c.failure == Failure::STALL) && c.at == Place::NAT;
    if (c.mechanism == Mechanism::NONE || end >= N_ENDS || box || c.inside ||
        c.failure == Failure::BINDING_LOSS || !IsKept())
    {
        return std::nullopt;
    }
    return c.mechanism == Mechanism::TCP ? TcpScenarioLaw(m_tcp).Get(end)
                                         : DpdScenarioLaw(m_dpd).Get(end);
}

Time
NatScenarioLaw::GetSlack() const
{
    return m_config.mechanism == Mechanism::TCP ? TcpScenarioLaw(m_tcp).GetSlack()
                                                : DpdScenarioLaw(m_dpd).GetSlack();
}

double
NatScenarioLaw::GetLongestDetection() const
{
    switch (m_config.mechanism)
    {
    case Mechanism::TCP:
        return TcpScenario::GetLongestDetection(m_tcp);
    case Mechanism::DPD:
        return DpdScenario::GetLongestDetection(m_dpd);
    case Mechanism::NONE:
        break;
    }
    return 0;
}

// ---- without the box ----

TcpScenarioConfig
NatScenarioLaw::MakeTcpConfig(const NatScenarioConfig& config)
{
    TcpScenarioConfig tcp;
    CopyCommon(config, tcp);
    const NatScenarioConfig::End* ends[] = {&config.r1, &config.r2};
    TcpScenarioConfig::End* copies[] = {&tcp.r1, &tcp.r2};
    for (uint32_t i = 0; i < N_ENDS; i++)
    {
        copies[i]->profile = config.profile;
        copies[i]->keepalive = ends[i]->keepalive;
        copies[i]->idle = config.idle.value_or(Seconds(0));
        copies[i]->interval = config.interval.value_or(Seconds(0));
        copies[i]->probes = config.probes.value_or(0);
        copies[i]->dataPeriod = ends[i]->dataPeriod;
        copies[i]->dataSize = config.dataSize;
    }
    tcp.reconnectDelay = config.reconnectDelay;
    tcp.longestReconnectDelay = config.longestReconnectDelay;
    tcp.connectTimeout = config.connectTimeout;
    tcp.port = config.port;
    return tcp;
}

DpdScenarioConfig
NatScenarioLaw::MakeDpdConfig(const NatScenarioConfig& config)
{
    DpdScenarioConfig dpd;
    CopyCommon(config, dpd);
    const NatScenarioConfig::End* ends[] = {&config.r1, &config.r2};
    DpdScenarioConfig::End* copies[] = {&dpd.r1, &dpd.r2};
    for (uint32_t i = 0; i < N_ENDS; i++)
    {
        copies[i]->profile = config.profile;
        copies[i]->dpd = ends[i]->keepalive && config.mechanism == Mechanism::DPD;
        copies[i]->delay = config.idle;
        copies[i]->retry = config.interval;
        copies[i]->retries = config.probes;
        copies[i]->dataPeriod = ends[i]->dataPeriod;
    }
    dpd.dataSize = config.dataSize;
    dpd.encapsulation = IkePort::NAT_PORT;
    dpd.reestablishDelay = config.reestablishDelay;
    return dpd;
}

} // namespace keepalive
} // namespace ns3
