/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_CONSOLE_TRANSCRIPT_H
#define KEEPALIVE_CONSOLE_TRANSCRIPT_H

#include "ns3/detection-event.h"
#include "ns3/failure-injector.h"
#include "ns3/gre-tunnel-device.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <deque>
#include <list>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What the consoles of the routers would show, in the form that routers print it.
 *
 * `debug tunnel keepalive`, the %LINK and %LINEPROTO messages, and `show interfaces tunnel`. Every
 * line begins with the name of its router, because one transcript shows several consoles. Lines
 * that begin with "!" (a comment in a router's configuration) tell what no router knows: what
 * failed when. Trace sinks only: it changes nothing.
 */
class ConsoleTranscript
{
  public:
    ConsoleTranscript() = default;

    ConsoleTranscript(const ConsoleTranscript&) = delete;
    ConsoleTranscript& operator=(const ConsoleTranscript&) = delete;

    /**
     * @brief Print here, too.
     * @param out where to; must outlive the simulation, as this object must
     */
    void AddStream(std::ostream& out);

    /**
     * @brief Print what the console of a tunnel's router shows.
     * @param device the tunnel
     * @param router name of the router
     */
    void Watch(Ptr<GreTunnelDevice> device, const std::string& router);

    /**
     * @brief Print what happens to the network as comments.
     * @param injector the injector
     */
    void Watch(Ptr<FailureInjector> injector);

    /**
     * @brief Print "show interfaces tunnel" of every tunnel that is watched, as of now.
     */
    void ShowInterfaces();

    /**
     * @brief A time as routers stamp their messages.
     * @param time the time
     * @return HH:MM:SS.mmm
     */
    static std::string Timestamp(Time time);

  private:
    /// Packets and bits of the last 30 seconds.
    class RateWindow
    {
      public:
        /**
         * @brief Count a packet.
         * @param bytes its size
         */
        void Add(uint32_t bytes);
        /**
         * @brief Print "N bits/sec, M packets/sec".
         * @return the text
         */
        std::string Print();

      private:
        /// Drop what is too old.
        void Prune();

        std::deque<std::pair<Time, uint32_t>> m_packets; //!< when and how large
        uint64_t m_bytes{0};                             //!< sum of the sizes
    };

    /// One tunnel.
    struct Console
    {
        ConsoleTranscript* transcript; //!< where to print
        Ptr<GreTunnelDevice> device;   //!< the tunnel
        std::string router;            //!< its router
        RateWindow input;              //!< packets in
        RateWindow output;             //!< packets out
    };

    // trace sinks
    static void Line(Console* console, const DetectionEvent& event);
    static void Tx(Console* console, Ptr<const Packet> keepalive, uint32_t counter);
    static void Rx(Console* console, Ptr<const Packet> keepalive, uint32_t counter);
    static void CountTx(Console* console, uint32_t bytes);
    static void CountRx(Console* console, uint32_t bytes);
    static void Admin(Console* console, bool up);
    void Failure(const FailureEvent& event);

    /**
     * @brief Print a time-stamped message of a router.
     * @param router name of the router
     * @param text the message
     */
    void Message(const std::string& router, const std::string& text);
    /**
     * @brief Print a line everywhere.
     * @param line the line
     */
    void Print(const std::string& line);
    /**
     * @brief Print "show interfaces tunnel" of one tunnel.
     * @param console the tunnel
     */
    void ShowInterface(Console& console);

    std::vector<std::ostream*> m_streams; //!< where to
    std::list<Console> m_consoles;        //!< all tunnels; a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_CONSOLE_TRANSCRIPT_H */
