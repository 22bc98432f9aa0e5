/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_SCENARIO_CONFIG_H
#define KEEPALIVE_DPD_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/scenario-config.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Everything that can be chosen in a DpdScenario. The defaults are those of a small lab.
 *
 * What fails is the link A-B between the routers, or one end. Losses are those of that link, and
 * the load is on it. A loopback plug is at B. There are no failures
 * SHUTDOWN and BINDING_LOSS.
 */
struct DpdScenarioConfig : ScenarioConfig
{
    /// What one end of the security association is configured to. What is not given is as
    /// the profile has it.
    struct End
    {
        std::string profile{"cisco-periodic"}; //!< name of a DpdProfile: what gateway it is
        bool dpd{true};                        //!< it asks whether its peer lives
        std::optional<Time> delay;             //!< time before it asks
        std::optional<Time> retry;             //!< wait behind a request, or the first one
        std::optional<uint32_t> retries;       //!< requests behind the first one
        std::optional<double> base;            //!< factor on the wait, of retransmissions
        std::optional<bool> finalWait;         //!< the last one is waited for
        std::optional<Time> timeout;           //!< of DPD, which IKEv2 does not use
        std::optional<Time> retransmitTimeout; //!< of retransmissions, of libreswan
        std::optional<bool> onDemand;          //!< it asks only when it has something to send
        Time dataPeriod;                       //!< time between packets of its users; zero for none
    };

    DpdScenarioConfig()
        : ScenarioConfig(DataRate(0), 500)
    {
    }

    End r1; //!< R1, the original initiator
    End r2; //!< R2, the original responder

    std::string cipher;                //!< name of an IkeCipherSuite; empty for that of the profile
    uint16_t encapsulation{500};       //!< UDP port of IKE, 500 or 4500
    uint32_t dataSize{100};            //!< octets that users send, of one packet
    Time reestablishDelay{Seconds(5)}; //!< between attempts to be heard again

    DataRate linkRate{"10Mb/s"};     //!< of the link A-B
    Time linkDelay{MilliSeconds(5)}; //!< of the link A-B, one way
    DataRate lanRate{"100Mb/s"};     //!< of the links R1-A and B-R2
    Time lanDelay{MilliSeconds(1)};  //!< of the links R1-A and B-R2, one way
    uint32_t queuePackets{50};       //!< queue of A towards B

    bool failR1{false}; //!< a crash or stall is at R1, rather than at R2
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_SCENARIO_CONFIG_H */
