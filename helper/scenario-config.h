/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SCENARIO_CONFIG_H
#define KEEPALIVE_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/failure-plan.h"
#include "ns3/link-cut.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What can be chosen in every Scenario, whatever the mechanism.
 *
 * When things fail, and when the run ends, is chosen in the FailurePlan that it begins with.
 */
struct ScenarioConfig : FailurePlan
{
    /// What fails. A scenario's Check refuses what it does not have.
    enum class Failure
    {
        NONE,          //!< nothing
        SILENT,        //!< a link, both ways, unseen
        ONE_WAY_TO_R1, //!< a link, towards R1 only, unseen
        ONE_WAY_TO_R2, //!< a link, towards R2 only, unseen
        CARRIER,       //!< a link, both ways, with the carrier or the interfaces at its ends
        SHUTDOWN,      //!< the operator of one router shuts its interface
        CRASH,         //!< one router loses power and reboots
        STALL,         //!< the control plane of one router hangs
        LOOPBACK,      //!< a loopback plug at one router
        DELAY_STEP,    //!< the delay of a link steps up
        BINDING_LOSS   //!< a NAT or firewall forgets its flows
    };

    double loss{0};       //!< probability per packet and direction
    double burstStart{0}; //!< Gilbert-Elliott: good to bad, per packet; 0 for off
    double burstEnd{1};   //!< Gilbert-Elliott: bad to good, per packet
    Time goodTime;        //!< losses by time instead: mean time without; zero for off
    Time badTime;         //!< mean time in which every packet is lost; zero for off
    double load{0};       //!< Poisson traffic towards R2, as a share of the rate of its link

    Failure failure{Failure::SILENT};                    //!< what fails
    Time delayStep{MilliSeconds(500)};                   //!< the delay to step to, for DELAY_STEP
    LinkCut::InFlight inFlight{LinkCut::InFlight::LOST}; //!< frames on the wire at a cut

    DataRate trafficRate;        //!< of user traffic, each way; zero for none
    uint32_t trafficPacketSize;  //!< bytes of UDP payload
    Time trafficBin{Seconds(1)}; //!< bins of the throughput table

    /**
     * @brief Whether packets are lost at random.
     * @return true if one of the three ways to lose them is chosen
     */
    bool HasLoss() const
    {
        return loss > 0 || HasBursts();
    }

    /**
     * @brief Whether losses come in bursts, so that one tells of the next.
     * @return true if Gilbert's and Elliott's chain is chosen, by packets or by time
     */
    bool HasBursts() const
    {
        return burstStart > 0 || HasTimedLoss();
    }

    /**
     * @brief Whether losses come and go with time, whoever sends meanwhile.
     * @return true if Gilbert's and Elliott's chain is chosen by time, which goes before packets
     */
    bool HasTimedLoss() const
    {
        return !goodTime.IsZero() && !badTime.IsZero();
    }

    /**
     * @brief Whether each packet, of whoever it is, moves the chain of losses.
     * @return true if Gilbert's and Elliott's chain is chosen, by packets
     */
    bool HasPacketBursts() const
    {
        return HasBursts() && !HasTimedLoss();
    }

    /**
     * @brief Whether users send anything.
     * @return true if they have a rate
     */
    bool HasUsers() const
    {
        return trafficRate.GetBitRate() > 0;
    }

  protected:
    /**
     * @brief Begin with the user traffic that suits a scenario's links.
     * @param rate of user traffic, each way
     * @param packetSize bytes of UDP payload
     */
    ScenarioConfig(DataRate rate, uint32_t packetSize)
        : trafficRate(rate),
          trafficPacketSize(packetSize)
    {
    }
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SCENARIO_CONFIG_H */
