/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-configured-application.h"

#include "ike-cipher-suite.h"
#include "ns3-compat.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(DpdConfiguredApplication);

namespace
{

constexpr const char* DEFAULT_PROFILE = "cisco-periodic"; //!< attribute Profile

/**
 * @brief A time in ns, unless it is zero.
 * @param time the time
 * @return the time; none for zero
 */
std::optional<int64_t>
ToChoice(Time time)
{
    return time.IsZero() ? std::nullopt : std::optional<int64_t>(time.GetNanoSeconds());
}

} // namespace

TypeId
DpdConfiguredApplication::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::DpdConfiguredApplication")
            .SetParent<Application>()
            .SetGroupName("Keepalive")
            .AddAttribute("Profile",
                          "How the implementation behaves: one of DpdProfile::GetNames.",
                          StringValue(DEFAULT_PROFILE),
                          MakeStringAccessor(&DpdConfiguredApplication::m_profileName),
                          MakeStringChecker())
            .AddAttribute("RemoteAddress",
                          "Where the peer is; of a peer behind a NAT, the address of the NAT.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&DpdConfiguredApplication::m_remoteAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("RemotePort",
                          "The UDP port of the peer; 0 for the one that this end uses.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&DpdConfiguredApplication::m_remotePort),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("Encapsulation",
                          "IKE on UDP 500 and plain ESP, or both on UDP 4500 (NAT traversal).",
                          EnumValue(UDP_4500),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Encapsulation,
                                                       &DpdConfiguredApplication::m_encapsulation),
                          MakeEnumChecker(UDP_500, "Udp500", UDP_4500, "Udp4500"))
            .AddAttribute("CipherSuite",
                          "Whose sizes the messages have: one of IkeCipherSuite::GetNames for the "
                          "profile's version of IKE, \"none\" for messages in the clear; empty for "
                          "that of the profile. Both ends must have the same.",
                          StringValue(""),
                          MakeStringAccessor(&DpdConfiguredApplication::m_suiteName),
                          MakeStringChecker())
            .AddAttribute("Initiator",
                          "Whether this end set up the SA that is there at the start. One end "
                          "must have, the other must not.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&DpdConfiguredApplication::m_initiator),
                          MakeBooleanChecker())
            .AddAttribute("SaId",
                          "What cookies and SPIs at the start follow from: the same at both ends, "
                          "another one for every pair of ends.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&DpdConfiguredApplication::m_saId),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("Mode",
                          "Whether to ask only when there is data to send.",
                          EnumValue(PROFILE_MODE),
                          KEEPALIVE_MAKE_ENUM_ACCESSOR(Mode, &DpdConfiguredApplication::m_mode),
                          MakeEnumChecker(PROFILE_MODE,
                                          "Profile",
                                          PERIODIC,
                                          "Periodic",
                                          ON_DEMAND,
                                          "OnDemand"))
            .AddAttribute("Delay",
                          "Time before a request; zero for that of the profile.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&DpdConfiguredApplication::m_delay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Retry",
                          "Time before the next request when one is unanswered; in IKEv2 before "
                          "the first retransmission. Zero for that of the profile. No effect with "
                          "strongswan-ikev1 and libreswan, which ask every Delay.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&DpdConfiguredApplication::m_retry),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Retries",
                          "Requests after the first before the peer is given up; 0 for that of "
                          "the profile. No effect where a timeout decides.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&DpdConfiguredApplication::m_retries),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("RetransmitBase",
                          "Factor from one interval of retransmissions to the next; 0 for that of "
                          "the profile. strongswan-ikev2 only.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&DpdConfiguredApplication::m_base),
                          MakeDoubleChecker<double>(0))
            .AddAttribute("RetransmitTimeout",
                          "When to stop retransmitting; zero for that of the profile. "
                          "libreswan-ikev2 only.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&DpdConfiguredApplication::m_retransmitTimeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Timeout",
                          "The timeout of dead peer detection: with strongswan-ikev1 from the last "
                          "sign of life, with libreswan from the first unanswered request. Zero "
                          "for that of the profile. No effect with others, as in IKEv2.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&DpdConfiguredApplication::m_timeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "FinalWait",
                "Whether the answer to the last of Retries is waited for. Cisco's manuals "
                "do not say.",
                BooleanValue(true),
                MakeBooleanAccessor(&DpdConfiguredApplication::m_finalWait),
                MakeBooleanChecker())
            .AddAttribute("AnswerRequests",
                          "Whether to answer the peer, as RFC 3706 and RFC 7296 demand.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&DpdConfiguredApplication::m_answer),
                          MakeBooleanChecker())
            .AddAttribute("ReestablishDelay",
                          "Time from one attempt to set up a new SA to the next; the first comes "
                          "when the peer is given up, or after a boot. Zero to leave it to the "
                          "peer.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&DpdConfiguredApplication::m_reestablishDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("StartPhase",
                          "Share of Delay that has passed since the last sign of life when the "
                          "agent starts, from 0 to below 1. Drawn once.",
                          StringValue("ns3::ConstantRandomVariable[Constant=0]"),
                          MakePointerAccessor(&DpdConfiguredApplication::m_startPhase),
                          MakePointerChecker<RandomVariableStream>());
    return tid;
}

DpdConfiguredApplication::DpdConfiguredApplication() = default;

DpdConfiguredApplication::~DpdConfiguredApplication() = default;

void
DpdConfiguredApplication::DoDispose()
{
    m_startPhase = nullptr;
    Application::DoDispose();
}

std::string
DpdConfiguredApplication::Check() const
{
    const DpdProfile* profile = GetProfile();
    if (!profile)
    {
        return "there is no profile " + m_profileName;
    }
    if (!GetCipherSuite())
    {
        return "there is no cipher suite " + m_suiteName + " in this version of IKE";
    }
    return DpdDecision::Check(GetSettings());
}

DpdDecision::Settings
DpdConfiguredApplication::GetSettings() const
{
    const DpdProfile* profile = GetProfile();
    if (!profile)
    {
        profile = DpdProfile::Find(DEFAULT_PROFILE);
    }
    DpdProfile::Choices choices;
    choices.delay = ToChoice(m_delay);
    choices.retry = ToChoice(m_retry);
    choices.timeout = ToChoice(m_timeout);
    choices.retransmitTimeout = ToChoice(m_retransmitTimeout);
    choices.finalWait = m_finalWait;
    if (m_retries != 0)
    {
        choices.retries = m_retries;
    }
    if (m_base != 0)
    {
        choices.base = m_base;
    }
    if (m_mode != PROFILE_MODE)
    {
        choices.onDemand = m_mode == ON_DEMAND;
    }
    DpdDecision::Settings settings = profile->Configure(choices);
    if (m_encapsulation == UDP_4500 && !profile->dataIsLifeBehindNat)
    {
        settings.dataIsLife = false;
    }
    return settings;
}

const DpdProfile*
DpdConfiguredApplication::GetProfile() const
{
    return DpdProfile::Find(m_profileName);
}

const IkeCipherSuite*
DpdConfiguredApplication::GetCipherSuite() const
{
    const DpdProfile* profile = GetProfile();
    return profile ? IkeCipherSuite::Find(m_suiteName.empty() ? profile->suite : m_suiteName,
                                          profile->ikeVersion)
                   : nullptr;
}

} // namespace keepalive
} // namespace ns3
