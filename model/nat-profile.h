/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_PROFILE_H
#define KEEPALIVE_NAT_PROFILE_H

#include "nat-tcp-state.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief How a NAT or firewall behaves, in the words of RFC 4787. Free of ns-3; times are in
 *        nanoseconds.
 */
struct NatProfile
{
    /// What a mapping, or what passes the filter, depends on (RFC 4787 sections 4.1 and 5).
    enum Behavior
    {
        ENDPOINT_INDEPENDENT,      //!< on nothing at the other end
        ADDRESS_DEPENDENT,         //!< on the address of the other end
        ADDRESS_AND_PORT_DEPENDENT //!< on its address and port
    };

    /// Which packets prolong a binding (RFC 4787 section 4.3).
    enum Refresh
    {
        OUTBOUND, //!< those from inside only
        BOTH      //!< those of both directions, as far as they pass
    };

    /// What becomes of a packet of which there is no binding.
    enum Unknown
    {
        SILENT_DROP, //!< dropped
        RST,         //!< dropped; a TCP segment is answered with a reset
        LOCAL        //!< one to the address of the NAT is its own: its TCP and UDP answer it, as
                     //!< those of a Linux router without a packet filter do. Any other is dropped
    };

    std::string name;                         //!< what it is called
    Behavior mapping{ENDPOINT_INDEPENDENT};   //!< of mappings
    Behavior filtering{ENDPOINT_INDEPENDENT}; //!< of the filter
    Refresh refresh{OUTBOUND};                //!< what prolongs a binding
    Unknown unknown{SILENT_DROP};             //!< what becomes of an unknown packet
    bool preservePorts{true};                 //!< the port inside is tried first
    bool preserveParity{false};               //!< an even port becomes an even one
    bool overloadPorts{false};                //!< flows to different ends may share a port
    bool hairpinning{false};                  //!< from inside to inside by the address outside
    bool looseTcp{false};                     //!< TCP may begin in mid-stream
    uint16_t firstPort{1};                    //!< first port outside, 1 or more
    uint16_t lastPort{UINT16_MAX};            //!< last port outside, no less than the first
    int64_t udpTimeout{0};                    //!< of UDP
    int64_t udpStreamTimeout{0};              //!< of UDP with traffic in both directions
    int64_t udpStreamAfter{0};                //!< from that age of the flow on; 0 for at once
    int64_t icmpTimeout{0};                   //!< of ICMP queries
    int64_t genericTimeout{0};                //!< of other protocols
    NatTcpState::Timeouts tcp;                //!< of TCP

    /**
     * @brief Look a profile up.
     * @param name one of GetNames
     * @return the profile, which lives for ever, or nullptr if there is none
     */
    static const NatProfile* Find(const std::string& name);

    /**
     * @brief The profiles there are.
     * @return their names: rfc, linux-conntrack and home-gateway
     */
    static std::vector<std::string> GetNames();
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_PROFILE_H */
