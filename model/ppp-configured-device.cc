/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-configured-device.h"

#include "line-address.h"
#include "ns3-compat.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(PppConfiguredDevice);

TypeId
PppConfiguredDevice::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::PppConfiguredDevice")
                            .SetParent<SerialNetDevice>()
                            .SetGroupName("Keepalive");
    return tid;
}

TypeId
PppConfiguredDevice::AddPppAttributes(TypeId tid)
{
    return AddKeepaliveAttributes(tid, Seconds(10), 5)
        .AddAttribute("VerdictRule",
                      "When the line protocol goes down: at the attempt to send after "
                      "KeepaliveRetries unanswered requests (Ios, Pppd), the same unless user "
                      "traffic was received (PppdAdaptive), or at the first attempt after "
                      "HoldTime, or that many intervals, without a reply (Linux). Ios and "
                      "Linux believe only the reply to the last request.",
                      EnumValue(PppConfiguredDevice::IOS),
                      KEEPALIVE_MAKE_ENUM_ACCESSOR(PppConfiguredDevice::VerdictRule,
                                                   &PppConfiguredDevice::SetVerdictRule,
                                                   &PppConfiguredDevice::GetVerdictRule),
                      MakeEnumChecker(PppConfiguredDevice::IOS,
                                      "Ios",
                                      PppConfiguredDevice::PPPD,
                                      "Pppd",
                                      PppConfiguredDevice::PPPD_ADAPTIVE,
                                      "PppdAdaptive",
                                      PppConfiguredDevice::LINUX,
                                      "Linux"))
        .AddAttribute("RestartTimer",
                      "Time from a request of LCP, IPCP or IPV6CP to its repetition. RFC 1661 "
                      "has 3 s, Cisco IOS 2 s.",
                      TimeValue(Seconds(2)),
                      MakeTimeAccessor(&PppConfiguredDevice::m_restartTimer),
                      MakeTimeChecker(MilliSeconds(1)))
        .AddAttribute("MaxConfigure",
                      "Configure-Requests without an answer before giving up. RFC 1661 has 10; "
                      "0, the default, means for ever, as routers do on a leased line.",
                      UintegerValue(0),
                      MakeUintegerAccessor(&PppConfiguredDevice::m_maxConfigure),
                      MakeUintegerChecker<uint32_t>())
        .AddAttribute("MaxTerminate",
                      "Terminate-Requests without an answer before giving up.",
                      UintegerValue(2),
                      MakeUintegerAccessor(&PppConfiguredDevice::m_maxTerminate),
                      MakeUintegerChecker<uint32_t>(1))
        .AddAttribute("MaxFailure",
                      "Configure-Naks without agreement before options are rejected.",
                      UintegerValue(5),
                      MakeUintegerAccessor(&PppConfiguredDevice::m_maxFailure),
                      MakeUintegerChecker<uint32_t>(1))
        .AddAttribute("RenewIdentifier",
                      "A repeated Configure-Request takes a new identifier, as with Cisco IOS.",
                      BooleanValue(true),
                      MakeBooleanAccessor(&PppConfiguredDevice::m_renewIdentifier),
                      MakeBooleanChecker())
        .AddAttribute("RetryAfter",
                      "Time after which a link that was terminated begins again.",
                      TimeValue(Seconds(2)),
                      MakeTimeAccessor(&PppConfiguredDevice::m_retryAfter),
                      MakeTimeChecker(MilliSeconds(1)))
        .AddAttribute("MagicNumber",
                      "First Magic-Number of each negotiation; 0, the default, means a random "
                      "one.",
                      UintegerValue(0),
                      MakeUintegerAccessor(&PppConfiguredDevice::m_magic),
                      MakeUintegerChecker<uint32_t>())
        .AddAttribute("Mru",
                      "Largest packet that this end receives; asked for unless 1500.",
                      UintegerValue(LcpProtocol::DEFAULT_MRU),
                      MakeUintegerAccessor(&PppConfiguredDevice::m_mru),
                      MakeUintegerChecker<uint16_t>(68))
        .AddAttribute("Compress",
                      "Ask for compressed protocol, address and control fields (PFC, ACFC).",
                      BooleanValue(false),
                      MakeBooleanAccessor(&PppConfiguredDevice::m_compress),
                      MakeBooleanChecker())
        .AddAttribute("EchoCarriesMagic",
                      "Echo-Requests carry the peer's Magic-Number as data, as those of Cisco "
                      "IOS do; otherwise none, as with pppd and Linux.",
                      BooleanValue(true),
                      MakeBooleanAccessor(&PppConfiguredDevice::m_echoCarriesMagic),
                      MakeBooleanChecker())
        .AddAttribute("FirstEchoIdentifier",
                      "Identifier of the first Echo-Request: 1 with Cisco IOS, 0 with pppd.",
                      UintegerValue(1),
                      MakeUintegerAccessor(&PppConfiguredDevice::m_firstEchoId),
                      MakeUintegerChecker<uint8_t>())
        .AddAttribute("Ipv4",
                      "Carry IPv4, and negotiate it with IPCP.",
                      BooleanValue(true),
                      MakeBooleanAccessor(&PppConfiguredDevice::m_ipv4),
                      MakeBooleanChecker())
        .AddAttribute("Ipv6",
                      "Carry IPv6, and negotiate it with IPV6CP.",
                      BooleanValue(false),
                      MakeBooleanAccessor(&PppConfiguredDevice::m_ipv6),
                      MakeBooleanChecker())
        .AddAttribute("LocalAddress",
                      "IPv4 address of this end. 0.0.0.0, the default, means that of its IP "
                      "interface, or if it has none, to ask the peer for one.",
                      Ipv4AddressValue(Ipv4Address::GetAny()),
                      MakeIpv4AddressAccessor(&PppConfiguredDevice::m_localAddress),
                      MakeIpv4AddressChecker())
        .AddAttribute("RemoteAddress",
                      "IPv4 address that the peer is to take. 0.0.0.0, the default, lets it "
                      "have its own.",
                      Ipv4AddressValue(Ipv4Address::GetAny()),
                      MakeIpv4AddressAccessor(&PppConfiguredDevice::m_remoteAddress),
                      MakeIpv4AddressChecker())
        .AddAttribute("TerminateOnShutdown",
                      "Tell the peer with a Terminate-Request when the operator shuts the "
                      "interface.",
                      BooleanValue(true),
                      MakeBooleanAccessor(&PppConfiguredDevice::m_terminateOnShutdown),
                      MakeBooleanChecker());
}

PppConfiguredDevice::PppConfiguredDevice()
    : SerialNetDevice("ppp")
{
}

PppConfiguredDevice::~PppConfiguredDevice() = default;

PppControlProtocol::Config
PppConfiguredDevice::GetCommonConfig() const
{
    PppControlProtocol::Config config;
    config.restartTimer = m_restartTimer;
    config.maxConfigure = m_maxConfigure;
    config.maxTerminate = m_maxTerminate;
    config.maxFailure = m_maxFailure;
    config.renewIdentifier = m_renewIdentifier;
    config.retryAfter = m_retryAfter;
    return config;
}

LcpProtocol::LcpConfig
PppConfiguredDevice::GetLcpConfig() const
{
    LcpProtocol::LcpConfig config;
    config.common = GetCommonConfig();
    config.mru = m_mru;
    config.pfc = m_compress;
    config.acfc = m_compress;
    config.fixedMagic = m_magic;
    config.echoData = m_echoCarriesMagic ? LcpProtocol::PEER_MAGIC : LcpProtocol::NO_DATA;
    config.firstEchoIdentifier = m_firstEchoId;
    return config;
}

IpcpProtocol::IpcpConfig
PppConfiguredDevice::GetIpcpConfig() const
{
    IpcpProtocol::IpcpConfig config;
    config.common = GetCommonConfig();
    config.local = m_localAddress;
    const std::optional<Ipv4InterfaceAddress> own =
        GetLineAddress(const_cast<PppConfiguredDevice*>(this));
    if (own && m_localAddress == Ipv4Address::GetAny())
    {
        config.local = own->GetLocal();
    }
    config.remote = m_remoteAddress;
    return config;
}

Ipv6cpProtocol::Ipv6cpConfig
PppConfiguredDevice::GetIpv6cpConfig() const
{
    Ipv6cpProtocol::Ipv6cpConfig config;
    config.common = GetCommonConfig();
    config.identifier = GetLineIdentifier(const_cast<PppConfiguredDevice*>(this));
    return config;
}

void
PppConfiguredDevice::SetVerdictRule(VerdictRule rule)
{
    m_rule = rule;
    SetProcessRule(rule == LINUX ? KeepaliveProcess::HOLD_TIME_AT_TICK : KeepaliveProcess::CISCO);
}

PppConfiguredDevice::VerdictRule
PppConfiguredDevice::GetVerdictRule() const
{
    return m_rule;
}

bool
PppConfiguredDevice::CarriesIpv4() const
{
    return m_ipv4;
}

bool
PppConfiguredDevice::CarriesIpv6() const
{
    return m_ipv6;
}

bool
PppConfiguredDevice::TerminatesOnShutdown() const
{
    return m_terminateOnShutdown;
}

Time
PppConfiguredDevice::GetRetryAfter() const
{
    return m_retryAfter;
}

} // namespace keepalive
} // namespace ns3
