/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_CONSOLE_H
#define KEEPALIVE_DPD_CONSOLE_H

#include "console-transcript.h"

#include "ns3/detection-event.h"
#include "ns3/dpd-agent.h"
#include "ns3/dpd-profile.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <list>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What IKE gateways log about their peer, each in the words of its implementation as far as
 *        these are public.
 *
 * - strongSwan: charon's log at its default level, "[IKE] sending DPD request", "[ENC] generating
 *   INFORMATIONAL request 3 [ ]", "[IKE] retransmit 1 of request with message ID 3", "[IKE] giving
 *   up after 5 retransmits", "[JOB] DPD check timed out, enforcing DPD action", without the number
 *   of the thread.
 * - libreswan, IKEv2: of pluto's log "STATE_V2_ESTABLISHED_IKE_SA: retransmission; will wait 1
 *   seconds for response", "60 second timeout exceeded after 7 retransmits. ..." and "liveness
 *   action ...". Of requests that are answered pluto says nothing.
 * - All others, and whatever else is told: plain words. The debug output of Cisco IOS is not public
 *   enough to be imitated.
 *
 * Trace sinks only: it changes nothing.
 */
class DpdConsole
{
  public:
    /**
     * @brief Create a console without gateways.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit DpdConsole(ConsoleTranscript& transcript);

    DpdConsole(const DpdConsole&) = delete;
    DpdConsole& operator=(const DpdConsole&) = delete;

    /**
     * @brief Print what a gateway logs.
     * @param agent its agent
     * @param name name of the gateway
     * @param address its own address
     */
    void Watch(Ptr<DpdAgent> agent, const std::string& name, Ipv4Address address);

    /// Print for each gateway what became of its SA. Call it after the run.
    void ShowAssociations();

  private:
    /// In whose words.
    enum class Style
    {
        CHARON, //!< strongSwan
        PLUTO,  //!< libreswan, IKEv2
        PLAIN   //!< everybody else
    };

    /// One gateway.
    struct Gateway
    {
        ConsoleTranscript* transcript; //!< where to print
        Ptr<DpdAgent> agent;           //!< what runs there
        std::string name;              //!< its name
        Ipv4Address address;           //!< its address
        Style style{Style::PLAIN};     //!< its words
        bool second{false};            //!< IKEv2
        uint32_t number{0};            //!< of the last request
        bool pending{false};           //!< it is unanswered
        uint32_t repeats{0};           //!< how often it was repeated
        Time first{};                  //!< when it was sent first
        uint64_t asked{0};             //!< requests sent, repetitions included
        uint64_t heard{0};             //!< of them answered
        uint64_t answered{0};          //!< requests of the peer that it answered
        uint64_t dataSent{0};          //!< packets of users that went into the SA
        uint64_t dataReceived{0};      //!< packets that came out of it
        bool trying{false};            //!< to set up an SA
        bool up{true};                 //!< whether it has an SA
    };

    // trace sinks
    static void RequestTx(Gateway* gateway, Ptr<const Packet> message, uint32_t number);
    static void RequestRx(Gateway* gateway, Ptr<const Packet> message, uint32_t number);
    static void ReplyTx(Gateway* gateway, Ptr<const Packet> message, uint32_t number);
    static void ReplyRx(Gateway* gateway, Ptr<const Packet> message, uint32_t number);
    static void SetupTx(Gateway* gateway, Ptr<const Packet> message);
    static void DataTx(Gateway* gateway, Ptr<const Packet> data);
    static void DataRx(Gateway* gateway, Ptr<const Packet> data);
    static void Line(Gateway* gateway, const DetectionEvent& event);

    /**
     * @brief Print a line.
     * @param gateway whose
     * @param text the line
     */
    static void Say(Gateway* gateway, const std::string& text);
    /**
     * @brief Say that the last request goes out again.
     * @param gateway whose
     */
    static void SayAgain(Gateway* gateway);
    /**
     * @brief Say that the peer is given up.
     * @param gateway whose
     * @param event when, and why
     */
    static void SayDead(Gateway* gateway, const DetectionEvent& event);
    /**
     * @brief What charon says of a message that it makes or reads.
     * @param gateway whose
     * @param verb "generating" or "parsed"
     * @param message the message
     * @param reply whether it answers a request
     */
    static void SayMessage(Gateway* gateway,
                           const char* verb,
                           Ptr<const Packet> message,
                           bool reply);
    /**
     * @brief What charon says of a packet.
     * @param gateway whose
     * @param message the message
     * @param sent whether it is sent; else it was received
     */
    static void SayPacket(Gateway* gateway, Ptr<const Packet> message, bool sent);
    /**
     * @brief Where the peer is.
     * @param gateway whose peer
     * @return its address
     */
    static std::string GetPeer(const Gateway* gateway);

    ConsoleTranscript& m_transcript; //!< where to print
    std::list<Gateway> m_gateways;   //!< a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_CONSOLE_H */
