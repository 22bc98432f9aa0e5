/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-settings.h"

#include "ns3-compat.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(NatSettings);

namespace
{

constexpr int64_t LONGEST = int64_t{1} << 61; //!< 73 years in ns: may be added to any time

/**
 * @brief Make the checker of a switch.
 * @return the checker
 */
Ptr<const AttributeChecker>
MakeSwitchChecker()
{
    return MakeEnumChecker(NatSettings::SWITCH_OF_PROFILE,
                           "Profile",
                           NatSettings::OFF,
                           "Off",
                           NatSettings::ON,
                           "On");
}

/**
 * @brief Make the checker of a behaviour.
 * @return the checker
 */
Ptr<const AttributeChecker>
MakeBehaviorChecker()
{
    return MakeEnumChecker(NatSettings::BEHAVIOR_OF_PROFILE,
                           "Profile",
                           NatSettings::ENDPOINT_INDEPENDENT,
                           "EndpointIndependent",
                           NatSettings::ADDRESS_DEPENDENT,
                           "AddressDependent",
                           NatSettings::ADDRESS_AND_PORT_DEPENDENT,
                           "AddressAndPortDependent");
}

/**
 * @brief Let a switch decide, if it is set.
 * @param choice the switch
 * @param value what it decides
 */
void
Decide(NatSettings::Switch choice, bool& value)
{
    if (choice != NatSettings::SWITCH_OF_PROFILE)
    {
        value = choice == NatSettings::ON;
    }
}

/**
 * @brief Let a time replace another one, if it is set.
 * @param time the time, zero if it is not
 * @param value nanoseconds, to be replaced
 */
void
Replace(Time time, int64_t& value)
{
    if (!time.IsZero())
    {
        value = std::min(time.GetNanoSeconds(), LONGEST);
    }
}

/**
 * @brief Let a behaviour replace another one, if it is set.
 * @param behavior the behaviour
 * @param value to be replaced
 */
void
Replace(NatSettings::Behavior behavior, NatProfile::Behavior& value)
{
    switch (behavior)
    {
    case NatSettings::BEHAVIOR_OF_PROFILE:
        break;
    case NatSettings::ENDPOINT_INDEPENDENT:
        value = NatProfile::ENDPOINT_INDEPENDENT;
        break;
    case NatSettings::ADDRESS_DEPENDENT:
        value = NatProfile::ADDRESS_DEPENDENT;
        break;
    case NatSettings::ADDRESS_AND_PORT_DEPENDENT:
        value = NatProfile::ADDRESS_AND_PORT_DEPENDENT;
        break;
    }
}

} // namespace

TypeId
NatSettings::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::NatSettings")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<NatSettings>()
            .AddAttribute(
                "Profile",
                "Whose behaviour and timeouts hold for what the other attributes leave "
                "open: rfc, linux-conntrack or home-gateway. Of the others, Profile and "
                "a time or port of zero leave it open.",
                StringValue("rfc"),
                MakeStringAccessor(&NatSettings::SetProfileName, &NatSettings::GetProfileName),
                MakeStringChecker())
            .AddAttribute("Firewall",
                          "Translate nothing: a firewall that keeps state.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&NatSettings::m_firewall),
                          MakeBooleanChecker())
            .AddAttribute("Mapping",
                          "What a mapping depends on (RFC 4787 section 4.1).",
                          EnumValue(BEHAVIOR_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Behavior, &NatSettings::m_mapping),
                          MakeBehaviorChecker())
            .AddAttribute("Filtering",
                          "What passes from outside (RFC 4787 section 5).",
                          EnumValue(BEHAVIOR_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Behavior, &NatSettings::m_filtering),
                          MakeBehaviorChecker())
            .AddAttribute(
                "Refresh",
                "Which packets prolong a binding (RFC 4787 section 4.3).",
                EnumValue(REFRESH_OF_PROFILE),
                KEEPALIVE_MAKE_ENUM_ACCESSOR(Refresh, &NatSettings::m_refresh),
                MakeEnumChecker(REFRESH_OF_PROFILE, "Profile", OUTBOUND, "Outbound", BOTH, "Both"))
            .AddAttribute("Unknown",
                          "What becomes of a packet without a binding: dropped; dropped and, if "
                          "it is TCP, reset; or, if it is to the address of the NAT, left to its "
                          "own TCP and UDP.",
                          EnumValue(UNKNOWN_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Unknown, &NatSettings::m_unknown),
                          MakeEnumChecker(UNKNOWN_OF_PROFILE,
                                          "Profile",
                                          SILENT_DROP,
                                          "SilentDrop",
                                          RST,
                                          "Rst",
                                          LOCAL,
                                          "Local"))
            .AddAttribute("PreservePorts",
                          "Whether the port inside is tried first (RFC 4787 section 4.2.1).",
                          EnumValue(SWITCH_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Switch, &NatSettings::m_preservePorts),
                          MakeSwitchChecker())
            .AddAttribute("PreserveParity",
                          "Whether an even port becomes an even one, if there is one (RFC 4787 "
                          "section 4.2.2).",
                          EnumValue(SWITCH_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Switch, &NatSettings::m_preserveParity),
                          MakeSwitchChecker())
            .AddAttribute("OverloadPorts",
                          "Whether flows to different other ends may share a port, if the mapping "
                          "tells them apart (RFC 4787 section 4.2.1).",
                          EnumValue(SWITCH_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Switch, &NatSettings::m_overloadPorts),
                          MakeSwitchChecker())
            .AddAttribute(
                "Hairpinning",
                "Whether ends inside reach each other by the address outside (RFC 4787 section 6).",
                EnumValue(SWITCH_OF_PROFILE),
                KEEPALIVE_MAKE_ENUM_ACCESSOR(Switch, &NatSettings::m_hairpinning),
                MakeSwitchChecker())
            .AddAttribute("LooseTcp",
                          "Whether a TCP connection may begin in mid-stream, from inside.",
                          EnumValue(SWITCH_OF_PROFILE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Switch, &NatSettings::m_looseTcp),
                          MakeSwitchChecker())
            .AddAttribute("FirstPort",
                          "First port outside.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&NatSettings::m_firstPort),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("LastPort",
                          "Last port outside; the first one if it is smaller.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&NatSettings::m_lastPort),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("UdpStreamAfter",
                          "Age of a UDP flow from which on UdpStreamTimeout may hold, at the first "
                          "packet behind an answer; older versions of Linux did not wait. -1 s for "
                          "that of the profile.",
                          TimeValue(Seconds(-1)),
                          MakeTimeAccessor(&NatSettings::m_udpStreamAfter),
                          MakeTimeChecker(Seconds(-1)))
            .AddAttribute("UdpTimeout",
                          "Idle time of UDP.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_udpTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("UdpStreamTimeout",
                          "Idle time of UDP with traffic in both directions.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_udpStreamTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("IcmpTimeout",
                          "Idle time of ICMP queries.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_icmpTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("GenericTimeout",
                          "Idle time of other protocols.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_genericTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpSynSentTimeout",
                          "Idle time of TCP behind a SYN.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpSynSentTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpSynReceivedTimeout",
                          "Idle time of TCP behind the answer to a SYN.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpSynReceivedTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpEstablishedTimeout",
                          "Idle time of TCP when established.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpEstablishedTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpFinWaitTimeout",
                          "Idle time of TCP behind the first FIN.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpFinWaitTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpCloseWaitTimeout",
                          "Idle time of TCP behind the acknowledgment of the first FIN.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpCloseWaitTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpLastAckTimeout",
                          "Idle time of TCP behind the second FIN.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpLastAckTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpTimeWaitTimeout",
                          "Idle time of TCP when closed.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpTimeWaitTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("TcpCloseTimeout",
                          "Idle time of TCP behind a reset.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&NatSettings::m_tcpCloseTimeout),
                          MakeTimeChecker(Time(0)))
            .AddAttribute(
                "TcpRetransmittedTimeout",
                "Longest idle time of TCP behind three repetitions of a segment without octets, or "
                "with a window of zero; profiles without such a rule have none.",
                TimeValue(Time(0)),
                MakeTimeAccessor(&NatSettings::m_tcpRetransmittedTimeout),
                MakeTimeChecker(Time(0)))
            .AddAttribute(
                "TcpUnacknowledgedTimeout",
                "Longest idle time of TCP with octets unacknowledged, or of a connection picked up "
                "in mid-stream without an answer; profiles without such a rule have none.",
                TimeValue(Time(0)),
                MakeTimeAccessor(&NatSettings::m_tcpUnacknowledgedTimeout),
                MakeTimeChecker(Time(0)));
    return tid;
}

NatSettings::NatSettings() = default;

NatSettings::~NatSettings() = default;

bool
NatSettings::SetProfileName(std::string name)
{
    m_profileName = name;
    return NatProfile::Find(name) != nullptr;
}

std::string
NatSettings::GetProfileName() const
{
    return m_profileName;
}

NatProfile
NatSettings::GetProfile() const
{
    NatProfile profile = *NatProfile::Find(m_profileName);
    Replace(m_mapping, profile.mapping);
    Replace(m_filtering, profile.filtering);
    if (m_refresh != REFRESH_OF_PROFILE)
    {
        profile.refresh = m_refresh == BOTH ? NatProfile::BOTH : NatProfile::OUTBOUND;
    }
    switch (m_unknown)
    {
    case UNKNOWN_OF_PROFILE:
        break;
    case SILENT_DROP:
        profile.unknown = NatProfile::SILENT_DROP;
        break;
    case RST:
        profile.unknown = NatProfile::RST;
        break;
    case LOCAL:
        profile.unknown = NatProfile::LOCAL;
        break;
    }
    Decide(m_preservePorts, profile.preservePorts);
    Decide(m_preserveParity, profile.preserveParity);
    Decide(m_overloadPorts, profile.overloadPorts);
    Decide(m_hairpinning, profile.hairpinning);
    Decide(m_looseTcp, profile.looseTcp);
    profile.firstPort = m_firstPort > 0 ? m_firstPort : profile.firstPort;
    profile.lastPort = std::max(m_lastPort > 0 ? m_lastPort : profile.lastPort, profile.firstPort);
    SetTimeouts(profile);
    return profile;
}

bool
NatSettings::IsFirewall() const
{
    return m_firewall;
}

void
NatSettings::SetTimeouts(NatProfile& profile) const
{
    if (!m_udpStreamAfter.IsStrictlyNegative())
    {
        profile.udpStreamAfter = m_udpStreamAfter.GetNanoSeconds();
    }
    Replace(m_udpTimeout, profile.udpTimeout);
    Replace(m_udpStreamTimeout, profile.udpStreamTimeout);
    Replace(m_icmpTimeout, profile.icmpTimeout);
    Replace(m_genericTimeout, profile.genericTimeout);
    Replace(m_tcpSynSentTimeout, profile.tcp.synSent);
    Replace(m_tcpSynReceivedTimeout, profile.tcp.synReceived);
    Replace(m_tcpEstablishedTimeout, profile.tcp.established);
    Replace(m_tcpFinWaitTimeout, profile.tcp.finWait);
    Replace(m_tcpCloseWaitTimeout, profile.tcp.closeWait);
    Replace(m_tcpLastAckTimeout, profile.tcp.lastAck);
    Replace(m_tcpTimeWaitTimeout, profile.tcp.timeWait);
    Replace(m_tcpCloseTimeout, profile.tcp.close);
    Replace(m_tcpRetransmittedTimeout, profile.tcp.retransmitted);
    Replace(m_tcpUnacknowledgedTimeout, profile.tcp.unacknowledged);
}

} // namespace keepalive
} // namespace ns3
