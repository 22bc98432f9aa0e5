/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_SCENARIO_CONFIG_H
#define KEEPALIVE_GRE_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/failure-plan.h"
#include "ns3/ipv4-address.h"
#include "ns3/keepalive-process.h"
#include "ns3/link-cut.h"
#include "ns3/nstime.h"

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
 * When things fail, and when the run ends, is chosen in the FailurePlan that it begins with.
 */
struct GreScenarioConfig : FailurePlan
{
    /// What fails.
    enum class Failure
    {
        NONE,          //!< nothing
        SILENT,        //!< a link, both ways, unseen
        ONE_WAY_TO_R1, //!< a link, towards R1 only, unseen
        ONE_WAY_TO_R2, //!< a link, towards R2 only, unseen
        CARRIER,       //!< a link, both ways, with the interfaces at its ends going down
        SHUTDOWN,      //!< the operator of R2 shuts the tunnel
        CRASH,         //!< R2 loses power and reboots
        STALL,         //!< the control plane of R2 hangs
        DELAY_STEP     //!< the delay of a link steps up
    };

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
    double loss{0};                  //!< probability per packet and direction on link R1-C
    double burstStart{0};            //!< Gilbert-Elliott: good to bad, per packet; 0 for off
    double burstEnd{1};              //!< Gilbert-Elliott: bad to good, per packet
    double load{0};                  //!< Poisson traffic on C to R2, as a share of its rate
    bool priority{false};            //!< keepalives before everything else in that queue

    Failure failure{Failure::SILENT};                    //!< what fails
    bool failCoreR2{false};                              //!< the link C-R2 fails, rather than R1-C
    Time delayStep{MilliSeconds(500)};                   //!< the delay to step to, for DELAY_STEP
    LinkCut::InFlight inFlight{LinkCut::InFlight::LOST}; //!< frames on the wire at a cut

    Routing routing{Routing::STATIC}; //!< of R1, R2 and the backup router
    DataRate trafficRate{"80kb/s"};   //!< of user traffic, each way; zero for none
    uint32_t trafficPacketSize{500};  //!< bytes of UDP payload
    Time trafficBin{Seconds(1)};      //!< bins of the throughput table
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_SCENARIO_CONFIG_H */
