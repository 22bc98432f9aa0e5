/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_CONSOLE_TRANSCRIPT_H
#define KEEPALIVE_CONSOLE_TRANSCRIPT_H

#include "ns3/failure-injector.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

class KeepaliveNetDevice;
class RateWindow;
struct InterfaceCounters;

/**
 * @ingroup keepalive
 * @brief What the consoles of the routers would show, in the form that routers print it.
 *
 * This is the paper that they are printed on, with what all consoles have in common; GreConsole,
 * HdlcConsole and the like print on it what routers say of one kind of interface.
 *
 * Every message begins with the name of its router, because one transcript shows several consoles.
 * Lines that begin with "!" (a comment in a router's configuration) tell what no router knows: what
 * failed when. Trace sinks only: it changes nothing.
 */
class ConsoleTranscript
{
  public:
    /// What "show interfaces" says of an interface's packets.
    struct Traffic
    {
        const InterfaceCounters& counters; //!< since the beginning
        RateWindow& input;                 //!< packets in
        RateWindow& output;                //!< packets out
        uint32_t queued{0};                //!< packets in the output queue
        uint32_t queueLimit{0};            //!< room in the output queue
        uint64_t crcErrors{0};             //!< frames with a wrong frame check sequence
        uint64_t resets{0};                //!< interface resets
    };

    ConsoleTranscript() = default;

    ConsoleTranscript(const ConsoleTranscript&) = delete;
    ConsoleTranscript& operator=(const ConsoleTranscript&) = delete;

    /**
     * @brief Print here, too.
     * @param out where to; must outlive the simulation, as this object must
     */
    void AddStream(std::ostream& out);

    /**
     * @brief Set the routers' clocks. Without this, they count from the beginning of the
     *        simulation, and do not wrap at midnight.
     * @param timeOfDay the time of day at simulation time 0
     */
    void SetClock(Time timeOfDay);

    /**
     * @brief Print what happens to the network as comments.
     * @param injector the injector
     */
    void Watch(Ptr<FailureInjector> injector);

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
     * @brief Begin "show interfaces" of an interface: the prompt with the command.
     * @param router name of the router
     * @param kind kind of interface, such as "tunnel"
     * @param device the interface
     * @return false if the router has no power, so that there is no more to print
     */
    bool BeginShow(const std::string& router,
                   const std::string& kind,
                   Ptr<const KeepaliveNetDevice> device);

    /**
     * @brief Print what "show interfaces" says of an interface's packets, from "Last input" on.
     * @param traffic the packets
     */
    void PrintTraffic(const Traffic& traffic);

    /**
     * @brief A time as routers stamp their messages.
     * @param time the time
     * @return HH:MM:SS.mmm
     */
    static std::string Timestamp(Time time);

    /**
     * @brief Format as printf does.
     * @param format the format
     * @return the text, cut off after 255 characters
     */
    __attribute__((format(printf, 1, 2))) static std::string Format(const char* format, ...);

    /**
     * @brief How long ago something was, as routers print it.
     * @param when the time; zero means never
     * @return HH:MM:SS or "never"
     */
    static std::string Ago(Time when);

    /**
     * @brief A duration in seconds without useless decimals: 5, 0.5, 0.125.
     * @param time the duration
     * @return the number
     */
    static std::string ShortSeconds(Time time);

    /**
     * @brief An address as text.
     * @param address the address
     * @return dotted decimal
     */
    static std::string ToText(Ipv4Address address);

    /**
     * @brief The Internet address line of "show interfaces".
     * @param device the interface
     * @return the whole line
     */
    static std::string InternetAddress(Ptr<NetDevice> device);

  private:
    /**
     * @brief What the routers' clocks show.
     * @param time a time of the simulation
     * @return the time of day, or the same time if no clock was set
     */
    Time ToClock(Time time) const;

    // trace sink
    void Failure(const FailureEvent& event);

    std::vector<std::ostream*> m_streams; //!< where to
    std::optional<Time> m_clock;          //!< time of day at the beginning, if it was set
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_CONSOLE_TRANSCRIPT_H */
