/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_SCENARIO_CONFIG_H
#define KEEPALIVE_NAT_SCENARIO_CONFIG_H

#include "ns3/data-rate.h"
#include "ns3/nat-settings.h"
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
 * @brief Everything that can be chosen in a NatScenario. The defaults are those of a small lab.
 *
 * What fails is the link N-B or R1-N, an end, the NAT box, or its bindings. Losses are those of
 * that link, and the load is on it. A loopback plug is at the end of that link that is nearer
 * to R2. There is no failure SHUTDOWN, and no user traffic but the data of the ends.
 */
struct NatScenarioConfig : ScenarioConfig
{
    /// What the ends have to find out that their peer is gone.
    enum class Mechanism
    {
        DPD, //!< IKE dead peer detection, on UDP port 4500
        TCP, //!< a TCP connection with keepalives
        NONE //!< nothing: ESP in UDP on port 4500
    };

    /// Where a crash or a stall is.
    enum class Place
    {
        R1, //!< the end inside
        R2, //!< the end outside
        NAT //!< the NAT box
    };

    /// The box. What is not given is as its profile says.
    struct Box
    {
        std::string profile{"home-gateway"};                             //!< name of a NatProfile
        bool firewall{false};                                            //!< it does not translate
        NatSettings::Behavior mapping{NatSettings::BEHAVIOR_OF_PROFILE}; //!< of mappings
        NatSettings::Behavior filtering{NatSettings::BEHAVIOR_OF_PROFILE}; //!< of the filter
        NatSettings::Refresh refresh{NatSettings::REFRESH_OF_PROFILE}; //!< what prolongs a binding
        NatSettings::Unknown unknown{NatSettings::UNKNOWN_OF_PROFILE}; //!< without a binding
        NatSettings::Switch preservePorts{NatSettings::SWITCH_OF_PROFILE}; //!< if they are free
        Time udpTimeout; //!< of UDP, answered or not; zero for the profile's
        Time tcpTimeout; //!< of established TCP; zero for the profile's
    };

    /// What one end does.
    struct End
    {
        bool keepalive{true}; //!< it has DPD or TCP keepalives
        Time dataPeriod;      //!< time between its data; zero for none
    };

    NatScenarioConfig()
        : ScenarioConfig(DataRate(0), 500)
    {
    }

    Mechanism mechanism{Mechanism::DPD};   //!< what the ends have
    std::string profile{"cisco-periodic"}; //!< name of a DpdProfile or a TcpKeepaliveProfile
    std::optional<Time> idle;       //!< DPD: the delay; TCP: silence before a probe; else as the
                                    //!< profile says
    std::optional<Time> interval;   //!< DPD: the retry; TCP: time between probes; else as above
    std::optional<uint32_t> probes; //!< DPD: the retries; TCP: number of probes; else as above
    Time natKeepalive{Seconds(20)}; //!< of R1, unless it has TCP: 5 to 3600 s; zero for none
    Box nat;                        //!< the box
    End r1;                         //!< R1, inside: the client
    End r2;                         //!< R2, outside: the server
    uint32_t dataSize{100};         //!< octets of data that an end sends at a time

    Time reestablishDelay{Seconds(5)};      //!< between attempts to have an SA again
    Time reconnectDelay{Seconds(1)};        //!< of R1's TCP, from the end of a connection; doubles
    Time longestReconnectDelay{Seconds(8)}; //!< where doubling stops
    Time connectTimeout{Seconds(5)};        //!< of R1's TCP, for an attempt
    uint16_t port{40000};                   //!< R2's TCP listens there

    DataRate linkRate{"10Mb/s"};     //!< of the link N-B
    Time linkDelay{MilliSeconds(5)}; //!< of the link N-B, one way
    DataRate lanRate{"100Mb/s"};     //!< of the links R1-N and B-R2
    Time lanDelay{MilliSeconds(1)};  //!< of the links R1-N and B-R2, one way

    bool inside{false};  //!< the link that fails, loses and is loaded is R1-N rather than N-B
    Place at{Place::R2}; //!< where a crash or stall is
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_SCENARIO_CONFIG_H */
