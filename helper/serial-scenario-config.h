/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_SCENARIO_CONFIG_H
#define KEEPALIVE_SERIAL_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/frame-check-sequence.h"
#include "ns3/hdlc-net-device.h"
#include "ns3/nstime.h"
#include "ns3/ppp-net-device.h"
#include "ns3/scenario-config.h"

#include <cstdint>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Everything that can be chosen in a SerialScenario. The defaults are those of a small lab.
 *
 * Losses and the load, from R1 to R2, are those of the line.
 */
struct SerialScenarioConfig : ScenarioConfig
{
    /// What the line speaks.
    enum class Encapsulation
    {
        HDLC, //!< Cisco HDLC
        PPP   //!< PPP
    };

    /// What one end of the line is configured to.
    struct End
    {
        Time interval{Seconds(10)};    //!< time between keepalives; zero for none
        uint32_t retries{3};           //!< count that brings the line down
        double stretchMin{1};          //!< least factor on each interval, as real timers have it
        double stretchMax{1};          //!< largest factor on each interval
        double phase{-1};              //!< share of the first interval to wait; negative: random
        std::string name{"Serial0/0"}; //!< name of the interface
        uint32_t magic{0};             //!< PPP: first Magic-Number; 0 for a random one
    };

    SerialScenarioConfig()
        : ScenarioConfig(DataRate("16kb/s"), 200)
    {
    }

    Encapsulation encapsulation{Encapsulation::HDLC}; //!< what the line speaks

    End r1;              //!< R1
    End r2;              //!< R2
    std::string profile; //!< what tables call the rule of both ends; empty for its own name
    HdlcNetDevice::VerdictRule hdlcRule{HdlcNetDevice::IOS}; //!< HDLC: rule of both ends
    PppNetDevice::VerdictRule pppRule{PppNetDevice::IOS};    //!< PPP: rule of both ends
    Time holdTime;              //!< for the rules of Linux; zero for their default
    uint32_t upCount{1};        //!< HDLC: keepalives accepted that bring the line up again
    bool downWhenLooped{false}; //!< HDLC: a loop takes the line down
    uint32_t slarpSize{20};     //!< HDLC: bytes of a SLARP body

    DataRate clock{"64kb/s"};     //!< clock rate of the line
    Time delay{MilliSeconds(5)};  //!< propagation delay of the line, one way
    FcsType fcs{FCS_16};          //!< frame check sequence
    bool bitStuffing{false};      //!< count the bits that bit stuffing inserts
    bool captureFcs{false};       //!< captures contain the frame check sequence
    uint32_t queuePackets{40};    //!< queue of each end
    bool controlPriority{false};  //!< keepalives before everything else in that queue
    bool dtrDrivesCarrier{false}; //!< a null modem cable
    double bitErrorRate{0};       //!< probability of an error per bit, both ways

    bool failR1{false}; //!< at R1, rather than at R2
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_SCENARIO_CONFIG_H */
