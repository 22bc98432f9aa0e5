/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-neighbor-settings.h"

#include "bgp-profile.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BgpNeighborSettings);

TypeId
BgpNeighborSettings::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::BgpNeighborSettings")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddAttribute("RemoteAddress",
                          "Address of the neighbour.",
                          Ipv4AddressValue(),
                          MakeIpv4AddressAccessor(&BgpNeighborSettings::m_remoteAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("RemotePort",
                          "TCP port at which the neighbour listens.",
                          UintegerValue(179),
                          MakeUintegerAccessor(&BgpNeighborSettings::m_remotePort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("RemoteAs",
                          "AS number that the neighbour must have; 0 for any.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&BgpNeighborSettings::m_remoteAs),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("LocalAddress",
                          "Address to connect from; 0.0.0.0 for the one that routing chooses.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&BgpNeighborSettings::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("LocalPort",
                          "TCP port to connect from; 0 for any.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&BgpNeighborSettings::m_localPort),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("Profile",
                          "Whose timers and habits: rfc4271, cisco, juniper, huawei, frr, "
                          "frr-datacenter, bird, gobgp or exabgp.",
                          StringValue("rfc4271"),
                          MakeStringAccessor(&BgpNeighborSettings::m_profileName),
                          MakeStringChecker())
            .AddAttribute("HoldTime",
                          "Hold time to propose, in whole seconds: 0 for no limit to silence, else "
                          "3 s or more (a neighbour refuses 1 s and 2 s); -1 s for that of the "
                          "profile.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighborSettings::SetHoldTime,
                                           &BgpNeighborSettings::GetHoldTime),
                          MakeTimeChecker(Seconds(-1), Seconds(65535)))
            .AddAttribute("KeepaliveTime",
                          "Time between KEEPALIVEs that is wanted; the hold time agreed on may "
                          "shorten it. -1 s for that of the profile, or a third of HoldTime if "
                          "that is set.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighborSettings::m_keepaliveTime),
                          MakeTimeChecker(Seconds(-1), Seconds(65535)))
            .AddAttribute("ConnectRetryTime",
                          "Time after which a connection is tried anew; -1 s for the profile's.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighborSettings::m_connectRetryTime),
                          MakeTimeChecker(Seconds(-1)))
            .AddAttribute("IdleHoldTime",
                          "Time after which a session that ended starts again; -1 s for the "
                          "profile's.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&BgpNeighborSettings::m_idleHoldTime),
                          MakeTimeChecker(Seconds(-1)))
            .AddAttribute("Passive",
                          "Never connect, wait for the neighbour to do so.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&BgpNeighborSettings::m_passive),
                          MakeBooleanChecker())
            .AddAttribute("AdvertisementInterval",
                          "Least time between two rounds of UPDATEs "
                          "(MinRouteAdvertisementIntervalTimer of RFC 4271 section 9.2.1.1, which "
                          "suggests 30 s; many implementations use 0).",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&BgpNeighborSettings::m_advertisementInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("FastExternalFallover",
                          "End the session with a neighbour of another AS at once when the "
                          "interface towards it goes down, as Cisco IOS and FRR do by default.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&BgpNeighborSettings::m_fastExternalFallover),
                          MakeBooleanChecker())
            .AddAttribute("Ttl",
                          "IP time to live of the session: 1 reaches the next node only.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&BgpNeighborSettings::m_ttl),
                          MakeUintegerChecker<uint8_t>(1));
    return tid;
}

BgpNeighborSettings::BgpNeighborSettings() = default;

BgpNeighborSettings::~BgpNeighborSettings() = default;

BgpSession::Config
BgpNeighborSettings::Complete(BgpSession::Config config) const
{
    const BgpProfile* profile = BgpProfile::Find(m_profileName);
    NS_ABORT_MSG_IF(!profile, "BGP profile \"" << m_profileName << "\": there is none");
    config.tcp.ttl = m_ttl;
    config.profile = *profile;
    config.fsm = profile->GetFsmOptions();
    config.fsm.passive = m_passive;
    config.local = InetSocketAddress(m_localAddress, m_localPort);
    config.remote = InetSocketAddress(m_remoteAddress, m_remotePort);
    BgpAgreement::Terms& terms = config.terms;
    terms.peerAs = m_remoteAs;
    terms.holdTime = profile->holdTime;
    terms.keepaliveTime = profile->keepaliveTime;
    if (!m_holdTime.IsStrictlyNegative())
    {
        terms.holdTime = static_cast<uint16_t>(m_holdTime.GetSeconds());
        terms.keepaliveTime = 0; // a third of what will be agreed on
    }
    if (!m_keepaliveTime.IsStrictlyNegative())
    {
        terms.keepaliveTime = m_keepaliveTime.GetSeconds();
    }
    if (!m_connectRetryTime.IsStrictlyNegative())
    {
        config.profile.connectRetryTime = m_connectRetryTime.GetSeconds();
    }
    if (!m_idleHoldTime.IsStrictlyNegative())
    {
        config.profile.idleHoldTime = std::max(m_idleHoldTime, NanoSeconds(1)).GetSeconds();
    }
    return config;
}

bool
BgpNeighborSettings::SetHoldTime(Time holdTime)
{
    const bool whole = holdTime == Seconds(std::floor(holdTime.GetSeconds()));
    if (whole)
    {
        m_holdTime = holdTime;
    }
    return whole;
}

Time
BgpNeighborSettings::GetHoldTime() const
{
    return m_holdTime;
}

Ipv4Address
BgpNeighborSettings::GetRemoteAddress() const
{
    return m_remoteAddress;
}

uint32_t
BgpNeighborSettings::GetConfiguredAs() const
{
    return m_remoteAs;
}

bool
BgpNeighborSettings::IsPassive() const
{
    return m_passive;
}

Time
BgpNeighborSettings::GetAdvertisementInterval() const
{
    return m_advertisementInterval;
}

bool
BgpNeighborSettings::HasFastExternalFallover() const
{
    return m_fastExternalFallover;
}

} // namespace keepalive
} // namespace ns3
