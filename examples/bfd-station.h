/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_STATION_H
#define KEEPALIVE_BFD_STATION_H

#include "ns3/bfd-header.h"
#include "ns3/bfd-session.h"
#include "ns3/bfd-state.h"
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

namespace ns3
{
namespace keepalive
{

/**
 * @brief A BFD speaker with one session, and a report of all that passes between it and its peer.
 *
 * Events, besides those of EventLog: state (the new one), packet-tx and packet-rx (state of the
 * sender, with Poll or Final; value is the Desired Min TX Interval), transmit-interval and
 * detection-time, each time they change (value). All values are in microseconds.
 */
class BfdStation
{
  public:
    /// What the speaker is told.
    struct Config
    {
        Ipv4Address address;           //!< its own address
        Ipv4Address peer;              //!< that of its peer
        Time minTx{MilliSeconds(300)}; //!< Desired Min TX Interval
        Time minRx{MilliSeconds(300)}; //!< Required Min RX Interval
        uint8_t multiplier{3};         //!< Detect Mult
        bool passive{false};           //!< wait for the peer to begin
        Time renegotiateAt;            //!< when it wants other timers; zero for never
        Time renegotiateTx;            //!< Desired Min TX Interval from then on
        Time renegotiateRx;            //!< Required Min RX Interval from then on
        Time stallAt;                  //!< when its process hangs; zero for never
        Time stallFor;                 //!< time after which it goes on; zero for never
        Time shutAt;                   //!< when the operator shuts the session; zero for never
        Time shutFor;                  //!< time after which he enables it; zero for never
    };

    /**
     * @brief Build it.
     * @param node the station
     * @param config what the speaker is told
     * @param injector what makes its process hang, and shuts its session
     * @param transcript where its console prints
     * @param events where its events go; both must outlive this object, as this object must the
     *        simulation
     */
    BfdStation(Ptr<Node> node,
               const Config& config,
               Ptr<FailureInjector> injector,
               ConsoleTranscript& transcript,
               EventLog& events);

    BfdStation(const BfdStation&) = delete;
    BfdStation& operator=(const BfdStation&) = delete;

    /**
     * @brief Whether the two ever heard each other.
     * @return true if the session was Up
     */
    bool HasBeenUp() const;

  private:
    /// Say what the two agreed on, if it is news.
    void SayTimers();
    /**
     * @brief Log a packet.
     * @param event name of the event
     * @param header what the packet says
     */
    void LogPacket(const char* event, const BfdHeader& header);

    // trace sinks
    void StateChanged(BfdState from, BfdState to);
    void LineChanged(const DetectionEvent& event);
    void PacketSent(const BfdHeader& header);
    void PacketReceived(const BfdHeader& header);

    ConsoleTranscript& m_transcript; //!< where its console prints
    EventLog& m_events;              //!< where its events go
    Ptr<BfdSession> m_session;       //!< the session
    Time m_transmitInterval;         //!< as told last
    Time m_detectionTime;            //!< as told last
    bool m_hasBeenUp{false};         //!< the session was Up
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_STATION_H */
