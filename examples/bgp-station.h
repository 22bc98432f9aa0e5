/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_STATION_H
#define KEEPALIVE_BGP_STATION_H

#include "ns3/bgp-error.h"
#include "ns3/bgp-header.h"
#include "ns3/bgp-neighbor.h"
#include "ns3/bgp-prefix.h"
#include "ns3/bgp-speaker.h"
#include "ns3/bgp-state.h"
#include "ns3/console-transcript.h"
#include "ns3/detection-event.h"
#include "ns3/event-log.h"
#include "ns3/failure-injector.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A BGP speaker with one neighbour, and a report of all that passes between them.
 */
class BgpStation
{
  public:
    /// What the speaker is told.
    struct Config
    {
        uint32_t as{1};                 //!< its AS
        Ipv4Address address;            //!< its own address, which identifies it as well
        Ipv4Address peer;               //!< the neighbour
        uint32_t peerAs{0};             //!< AS of the neighbour; 0 for any
        bool passive{false};            //!< wait for the neighbour to connect
        std::string profile{"rfc4271"}; //!< whose timers and habits
        Time hold{Seconds(-1)};         //!< hold time to propose; negative for that of the profile
        Time keepalive{
            Seconds(-1)}; //!< keepalive time; negative for a third, or that of the profile
        std::vector<BgpPrefix> prefixes; //!< to announce
        Time stallAt;                    //!< when its process hangs; zero for never
        Time stallFor;                   //!< time after which it goes on; zero for never
    };

    /**
     * @brief Build it.
     * @param node the station
     * @param config what the speaker is told
     * @param injector what makes its process hang
     * @param transcript where its console prints
     * @param events where its events go; both must outlive this object, as this object must the
     *        simulation
     */
    BgpStation(Ptr<Node> node,
               const Config& config,
               Ptr<FailureInjector> injector,
               ConsoleTranscript& transcript,
               EventLog& events);

    BgpStation(const BgpStation&) = delete;
    BgpStation& operator=(const BgpStation&) = delete;

    /**
     * @brief Whether the two ever agreed.
     * @return true if the session was established
     */
    bool HasBeenUp() const;

  private:
    /**
     * @brief Say what a NOTIFICATION says.
     * @param error its content
     * @param verb "sent" or "received"
     * @param event name of the event
     */
    void SayNotification(const BgpError& error, const char* verb, const char* event);

    // trace sinks
    void LineChanged(const DetectionEvent& event);
    void StateChanged(BgpState from, BgpState to);
    void MessageSent(BgpMessageType type, uint32_t size);
    void MessageReceived(BgpMessageType type, uint32_t size);
    void NotificationSent(const BgpError& error);
    void NotificationReceived(const BgpError& error);
    void RouteAdded(Ipv4Address network, Ipv4Mask mask, Ipv4Address nextHop);
    void RouteRemoved(Ipv4Address network, Ipv4Mask mask, Ipv4Address nextHop);

    ConsoleTranscript& m_transcript; //!< where its console prints
    EventLog& m_events;              //!< where its events go
    Ptr<BgpSpeaker> m_speaker;       //!< the speaker
    bool m_hasBeenUp{false};         //!< the session was established
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_STATION_H */
