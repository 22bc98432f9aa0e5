/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_SCENARIO_CONFIG_H
#define KEEPALIVE_GRE_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/ipv4-address.h"
#include "ns3/keepalive-process.h"
#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Everything that can be chosen in a GreScenario. The defaults are those of a small lab.
 *
 * Losses are those of link R1-C, the load is on C to R2, and what is shut, crashes or hangs is R2.
 * A loopback plug is at the end of the failing link that is nearer to R2.
 */
struct GreScenarioConfig : ScenarioConfig
{
    /// How traffic finds the backup path.
    enum class Routing
    {
        STATIC, //!< a floating static route: same prefix, higher metric
        RIP     //!< RIP over tunnel and backup path
    };

    /// What one end of the tunnel is configured to.
    struct End
    {
        Time interval{Seconds(5)}; //!< time between keepalives; zero for none
        uint32_t retries{4};       //!< unanswered ones that bring the line down
    };

    GreScenarioConfig()
        : ScenarioConfig(DataRate("80kb/s"), 500)
    {
    }

    End r1;                                                      //!< keepalive of R1
    End r2;                                                      //!< keepalive of R2
    KeepaliveProcess::VerdictRule rule{KeepaliveProcess::CISCO}; //!< of both ends
    Time holdTime;                                               //!< for HOLD_TIME; 0 for T * R
    bool randomPhase{true}; //!< start at a random phase, as routers do; else all at 0

    Ipv4Address address1{"128.8.8.8"};     //!< tunnel source of R1
    Ipv4Address address2{"129.9.9.9"};     //!< tunnel source of R2
    std::vector<uint32_t> keys;            //!< one tunnel for each; empty for one without key
    bool checksum{false};                  //!< GRE checksums
    bool sequenceNumbers{false};           //!< GRE sequence numbers
    int32_t tos{-1};                       //!< TOS of the tunnel, -1 from the payload
    uint32_t ttl{255};                     //!< TTL of the tunnel
    uint32_t keepaliveTos{0xc0};           //!< TOS of keepalives
    int32_t keepalivePriority{-1};         //!< their priority in queues, -1 from their TOS
    bool dropPayloadToEncapsulator{false}; //!< RFC 2784 section 3.1, at R2
    bool strictReversePath{false};         //!< strict uRPF, at R2
    bool dropLocalSource{false};           //!< Linux without accept_local, at R2

    DataRate linkRate{"10Mb/s"};     //!< of every link
    Time linkDelay{MilliSeconds(5)}; //!< of every link, one way
    uint32_t queuePackets{50};       //!< queue of the congested link
    bool priority{false};            //!< keepalives before everything else in that queue

    bool failCoreR2{false}; //!< the link C-R2 fails, rather than R1-C

    Routing routing{Routing::STATIC}; //!< of R1, R2 and the backup router
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_SCENARIO_CONFIG_H */
