/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-scenario-law.h"

#include "detection-law.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t END_R1 = 0;     //!< EthernetScenario::R1
constexpr uint32_t END_S1 = 2;     //!< EthernetScenario::S1
constexpr uint32_t KEEPALIVE = 64; //!< bytes of a keepalive's frame, with its check sequence
constexpr uint32_t OVERHEAD = 46;  //!< bytes that UDP, IP and Ethernet add to those of a user
constexpr double BACKOFF = 1e-4;   //!< seconds that a busy medium is waited for, and rounding
constexpr double MOST_OWN = 0.5;   //!< share of a medium that keepalives take, and seldom wait for
constexpr double MARGIN = 20;      //!< seconds, more than a failure outlasts its detection

} // namespace

EthernetScenarioLaw::EthernetScenarioLaw(const EthernetScenarioConfig& config)
    : m_config(config)
{
}

std::optional<DetectionBounds>
EthernetScenarioLaw::Get(uint32_t end) const
{
    const EthernetScenarioConfig& c = m_config;
    const bool clean =
        c.load <= 0 && GetOwnShare() <= MOST_OWN && GetOwnShare() + GetUserShare() < 1;
    const bool lonely =
        c.schedule == FailurePlan::Schedule::ONCE || c.schedule == FailurePlan::Schedule::RANDOM;
    if (!clean || !lonely)
    {
        return std::nullopt;
    }
    if (end == END_S1)
    {
        return IsLooped() && IsShutOnce() ? std::make_optional(GetLoop()) : std::nullopt;
    }
    return IsDeaf(end) ? std::make_optional(GetSilence(end)) : std::nullopt;
}

bool
EthernetScenarioLaw::IsDeaf(uint32_t end) const
{
    using Failure = EthernetScenarioConfig::Failure;
    const EthernetScenarioConfig::End& which = GetEnd(end);
    const bool own = m_config.failR1 == (end == END_R1); // it happens at this end
    const Failure failure = m_config.failure;
    const bool link = failure == Failure::SILENT || failure == Failure::ONE_WAY_TO_R1 ||
                      failure == Failure::ONE_WAY_TO_R2;
    if (!own || !link || which.interval.IsZero() || which.returns == EthernetKeepalive::NONE)
    {
        return false;
    }
    const Failure outgoing = end == END_R1 ? Failure::ONE_WAY_TO_R2 : Failure::ONE_WAY_TO_R1;
    return m_config.adapter ||
           (which.returns == EthernetKeepalive::HALF_DUPLEX_MEDIUM && failure != outgoing);
}

bool
EthernetScenarioLaw::IsLooped() const
{
    return m_config.failure == EthernetScenarioConfig::Failure::LOOPBACK &&
           m_config.portInterval.IsStrictlyPositive();
}

bool
EthernetScenarioLaw::IsShutOnce() const
{
    const bool once = m_config.schedule == FailurePlan::Schedule::ONCE || m_config.failures == 1;
    if (m_config.recovery.IsZero())
    {
        return once;
    }
    // Without a duration, one failure lasts for ever, and several just long enough.
    const double lasts = m_config.failFor.IsZero() ? GetLongestDetection(END_S1) + MARGIN
                                                   : m_config.failFor.GetSeconds();
    const bool ends =
        m_config.schedule == FailurePlan::Schedule::RANDOM || !m_config.failFor.IsZero();
    return ends && m_config.recovery.GetSeconds() > lasts;
}

DetectionBounds
EthernetScenarioLaw::GetSilence(uint32_t end) const
{
    // A keepalive counts when the whole of it was heard; a controller hands it back at once.
    const bool medium = GetEnd(end).returns == EthernetKeepalive::HALF_DUPLEX_MEDIUM;
    const double heard = medium ? GetTransmission() : 0;
    return DetectionLaw(DetectionLaw::Verdict::AT_NEXT_PROBE,
                        GetEnd(end).interval.GetSeconds(),
                        GetEnd(end).retries,
                        0,
                        heard,
                        heard)
        .GetBounds();
}

DetectionBounds
EthernetScenarioLaw::GetLoop() const
{
    // The first that arrives at the far end of the looped cable comes back, the same way.
    const double way = GetTransmission() + m_config.delay.GetSeconds();
    const double interval = m_config.portInterval.GetSeconds();
    return {way, way + interval / 2, way + interval, DetectionBounds::Shape::UNIFORM};
}

double
EthernetScenarioLaw::GetTransmission() const
{
    return KEEPALIVE * 8.0 / static_cast<double>(m_config.rate.GetBitRate());
}

double
EthernetScenarioLaw::GetOccupancy(uint32_t bytes) const
{
    return bytes * 8.0 / static_cast<double>(m_config.rate.GetBitRate()) +
           m_config.delay.GetSeconds();
}

double
EthernetScenarioLaw::GetOwnShare() const
{
    const auto frequency = [](Time period) {
        return period.IsZero() ? 0 : 1 / period.GetSeconds();
    };
    const double ends = std::max(frequency(m_config.r1.interval), frequency(m_config.r2.interval));
    // A ping passes each cable twice, and is hardly longer than a keepalive.
    return GetOccupancy(KEEPALIVE) *
           (ends + frequency(m_config.portInterval) + 2 * frequency(m_config.pingPeriod));
}

double
EthernetScenarioLaw::GetUserShare() const
{
    // Both directions share a medium.
    const double packets =
        static_cast<double>(m_config.trafficRate.GetBitRate()) / (8.0 * m_config.trafficPacketSize);
    return 2 * packets * GetOccupancy(m_config.trafficPacketSize + OVERHEAD);
}

Time
EthernetScenarioLaw::GetSlack() const
{
    // A frame may have to wait for those of users: for one on the way to and from S2 in each
    // direction, and for those that came meanwhile.
    double slack = BACKOFF + 2 * GetOccupancy(KEEPALIVE);
    if (m_config.HasUsers())
    {
        slack += 4 * GetOccupancy(m_config.trafficPacketSize + OVERHEAD);
    }
    return Seconds(slack);
}

double
EthernetScenarioLaw::GetLongestDetection(uint32_t end) const
{
    if (end == END_S1)
    {
        return m_config.portInterval.IsZero() ? 0 : GetLoop().upper;
    }
    return GetEnd(end).interval.IsZero() ? 0 : GetSilence(end).upper;
}

const EthernetScenarioConfig::End&
EthernetScenarioLaw::GetEnd(uint32_t end) const
{
    return end == END_R1 ? m_config.r1 : m_config.r2;
}

} // namespace keepalive
} // namespace ns3
