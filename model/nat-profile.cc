/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-profile.h"

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int64_t SECOND = 1000000000;  //!< in nanoseconds
constexpr int64_t MINUTE = 60 * SECOND; //!< in nanoseconds

/**
 * @brief The two timeouts of RFC 5382 section 5 in terms of states.
 * @param established of a connection that is open at both ends
 * @param transitory of any other
 * @return the timeouts
 */
NatTcpState::Timeouts
MakeTcpTimeouts(int64_t established, int64_t transitory)
{
    NatTcpState::Timeouts timeouts;
    timeouts.synSent = transitory;
    timeouts.synReceived = transitory;
    timeouts.established = established;
    timeouts.finWait = transitory;
    timeouts.closeWait = transitory;
    timeouts.lastAck = transitory;
    timeouts.timeWait = transitory;
    timeouts.close = transitory;
    return timeouts;
}

/**
 * @brief What the RFCs ask for: RFC 4787 REQ-1, REQ-3 to REQ-6, REQ-8 and REQ-9, RFC 5382 REQ-1,
 *        REQ-3 and REQ-5, RFC 5508 REQ-2.
 *
 * UDP: 5 minutes or more are recommended, less than 2 minutes forbidden. TCP: at least 2 hours and
 * 4 minutes when established, so that a keepalive every 2 hours is in time, else at least 4
 * minutes. ICMP queries: at least 60 s. Other protocols are left open: as UDP.
 *
 * @return the profile
 */
NatProfile
MakeRfc()
{
    NatProfile profile;
    profile.name = "rfc";
    profile.preserveParity = true;
    profile.hairpinning = true;
    profile.udpTimeout = 5 * MINUTE;
    profile.udpStreamTimeout = 5 * MINUTE;
    profile.icmpTimeout = MINUTE;
    profile.genericTimeout = 5 * MINUTE;
    profile.tcp = MakeTcpTimeouts(124 * MINUTE, 4 * MINUTE);
    return profile;
}

/**
 * @brief A Linux router that masquerades, with the defaults of the kernel's manual
 *        (nf_conntrack-sysctl).
 *
 * Each flow stands for itself, and keeps its port as long as no other flow to the same end has it.
 * That a UDP flow is a stream from an age of 2 s on is from the source
 * (nf_conntrack_proto_udp.c). When the port is taken, Linux takes another one at random; this one
 * takes the next.
 *
 * @return the profile
 */
NatProfile
MakeLinuxConntrack()
{
    NatProfile profile;
    profile.name = "linux-conntrack";
    profile.mapping = NatProfile::ADDRESS_AND_PORT_DEPENDENT;
    profile.filtering = NatProfile::ADDRESS_AND_PORT_DEPENDENT;
    profile.refresh = NatProfile::BOTH;
    profile.overloadPorts = true;
    profile.looseTcp = true;
    profile.udpTimeout = 30 * SECOND;
    profile.udpStreamTimeout = 120 * SECOND;
    profile.udpStreamAfter = 2 * SECOND;
    profile.icmpTimeout = 30 * SECOND;
    profile.genericTimeout = 600 * SECOND;
    profile.tcp.synSent = 120 * SECOND;
    profile.tcp.synReceived = 60 * SECOND;
    profile.tcp.established = 432000 * SECOND;
    profile.tcp.finWait = 120 * SECOND;
    profile.tcp.closeWait = 60 * SECOND;
    profile.tcp.lastAck = 30 * SECOND;
    profile.tcp.timeWait = 120 * SECOND;
    profile.tcp.close = 10 * SECOND;
    profile.tcp.retransmitted = 300 * SECOND;
    profile.tcp.unacknowledged = 300 * SECOND;
    profile.tcp.maxRetransmissions = 3;
    return profile;
}

/**
 * @brief A cheap home gateway: UDP is forgotten after 30 s. That about half of them forget TCP
 *        after an hour or sooner is from memory of a study of
 *        34 models (Hätönen and others, IMC 2010); the rest is a guess.
 * @return the profile
 */
NatProfile
MakeHomeGateway()
{
    NatProfile profile;
    profile.name = "home-gateway";
    profile.filtering = NatProfile::ADDRESS_AND_PORT_DEPENDENT;
    profile.refresh = NatProfile::BOTH;
    profile.udpTimeout = 30 * SECOND;
    profile.udpStreamTimeout = 30 * SECOND;
    profile.icmpTimeout = 30 * SECOND;
    profile.genericTimeout = 30 * SECOND;
    profile.tcp = MakeTcpTimeouts(60 * MINUTE, 4 * MINUTE);
    return profile;
}

/**
 * @brief All profiles.
 * @return the profiles, in the order of their names in the manual
 */
const std::vector<NatProfile>&
GetProfiles()
{
    static const std::vector<NatProfile> PROFILES = {MakeRfc(),
                                                     MakeLinuxConntrack(),
                                                     MakeHomeGateway()};
    return PROFILES;
}

} // namespace

const NatProfile*
NatProfile::Find(const std::string& name)
{
    for (const NatProfile& profile : GetProfiles())
    {
        if (profile.name == name)
        {
            return &profile;
        }
    }
    return nullptr;
}

std::vector<std::string>
NatProfile::GetNames()
{
    std::vector<std::string> names;
    for (const NatProfile& profile : GetProfiles())
    {
        names.push_back(profile.name);
    }
    return names;
}

} // namespace keepalive
} // namespace ns3
