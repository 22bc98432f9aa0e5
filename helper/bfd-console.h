/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_CONSOLE_H
#define KEEPALIVE_BFD_CONSOLE_H

#include "console-transcript.h"

#include "ns3/bfd-header.h"
#include "ns3/bfd-session.h"
#include "ns3/detection-event.h"
#include "ns3/nstime.h"
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
 * @brief What consoles show of BFD sessions.
 *
 * In the words of Cisco IOS: the messages %BFD-6-BFD_SESS_CREATED, %BFDFSM-6-BFD_SESS_UP and
 * %BFDFSM-6-BFD_SESS_DOWN, and `show bfd neighbors details`. Of the reasons for going down, DETECT
 * TIMER EXPIRED is documented; the others are told in its manner. A session counts as created with
 * its first packet. Real output has an interface in each of these, and more. Trace sinks only: it
 * changes nothing.
 */
class BfdConsole
{
  public:
    /**
     * @brief Create a console without sessions.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit BfdConsole(ConsoleTranscript& transcript);

    BfdConsole(const BfdConsole&) = delete;
    BfdConsole& operator=(const BfdConsole&) = delete;

    /**
     * @brief Print what the console of a router shows of a session.
     * @param session the session, at this router
     * @param router name of the router
     */
    void Watch(Ptr<BfdSession> session, const std::string& router);

    /// Print "show bfd neighbors details" of every session that is watched, as of now.
    void ShowNeighbors();

  private:
    /// Packets in one direction.
    struct Count
    {
        uint64_t packets{0}; //!< how many
        Time last;           //!< when the last one was
        Time shortest;       //!< least time between two
        Time longest;        //!< greatest time between two
        Time sum;            //!< of all times between two

        /// Count one, as of now.
        void Add();
        /**
         * @brief A line of `show bfd neighbors details`.
         * @param direction "Rx" or "Tx"
         * @return the line
         */
        std::string Describe(const char* direction) const;
    };

    /// One session.
    struct Session
    {
        ConsoleTranscript* transcript; //!< where to print
        Ptr<BfdSession> session;       //!< the session
        std::string router;            //!< where it is
        uint32_t handle;               //!< its number there
        bool created{false};           //!< the router knows of it
        bool dead{false};              //!< the router has no power
        Count received;                //!< packets
        Count sent;                    //!< packets
        BfdHeader lastPacket;          //!< the last one that was received
        Time up;                       //!< when it last came up
    };

    // trace sinks
    static void Line(Session* session, const DetectionEvent& event);
    static void PacketTx(Session* session, const BfdHeader& header);
    static void PacketRx(Session* session, const BfdHeader& header);

    /**
     * @brief Something happened in a session: the router has it.
     * @param session the session
     */
    static void Create(Session* session);
    /**
     * @brief How messages call a session.
     * @param session the session
     * @return text with its discriminator and handle
     */
    static std::string Name(const Session& session);
    /**
     * @brief Print "show bfd neighbors details" of one session.
     * @param session the session
     */
    void Show(const Session& session);
    /**
     * @brief Print what it says of the last packet.
     * @param header the packet
     */
    void ShowPacket(const BfdHeader& header);

    ConsoleTranscript& m_transcript; //!< where to print
    std::list<Session> m_sessions;   //!< a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_CONSOLE_H */
