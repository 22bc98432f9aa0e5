/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SERIAL_CONSOLE_H
#define KEEPALIVE_SERIAL_CONSOLE_H

#include "console-transcript.h"
#include "rate-window.h"

#include "ns3/detection-event.h"
#include "ns3/drop-reason.h"
#include "ns3/event-id.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/serial-net-device.h"

#include <cstdint>
#include <list>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What consoles show of serial interfaces, whatever their encapsulation.
 *
 * The %LINK and %LINEPROTO messages and `show interfaces serial`; subclasses add the debug lines of
 * their protocol and what they say of their encapsulation.
 *
 * %LINK messages come at once. %LINEPROTO comes one second after the line protocol changed: the
 * transcripts that this follows show 1.02 s and 1.03 s. Assumed, because no transcript shows it: if
 * the line protocol changed again within that second, the second starts over, and nothing is
 * printed if it is then what was printed last. Routers that wait for a "carrier-delay" before they
 * speak of the carrier are not modelled: it is reported as it comes and goes.
 *
 * Trace sinks only: it changes nothing. The events that it schedules print, and do nothing else.
 */
class SerialConsole
{
  public:
    virtual ~SerialConsole();

    SerialConsole(const SerialConsole&) = delete;
    SerialConsole& operator=(const SerialConsole&) = delete;

    /**
     * @brief Print "show interfaces serial" of every interface that is watched, as of now.
     */
    void ShowInterfaces();

  protected:
    /// What a %LINK message tells.
    enum class Link : uint8_t
    {
        UNTOLD,     //!< nothing yet, since the router started
        ADMIN_DOWN, //!< the operator shut it
        DOWN,       //!< no carrier
        UP          //!< neither
    };

    /// One interface.
    struct Interface
    {
        ConsoleTranscript* transcript; //!< where to print
        Ptr<SerialNetDevice> device;   //!< the interface
        std::string router;            //!< its router
        Link toldLink;                 //!< what the last %LINK message told
        bool toldUp;                   //!< what the last %LINEPROTO message told
        EventId report;                //!< the next one
        RateWindow input;              //!< packets in
        RateWindow output;             //!< packets out
        RateWindow errors;             //!< frames with a wrong frame check sequence
    };

    /**
     * @brief Create a console without interfaces.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit SerialConsole(ConsoleTranscript& transcript);

    /**
     * @brief Print what all serial interfaces print.
     * @param device the interface
     * @param router name of the router
     * @return the interface, for the subclass's own sinks to be bound to
     */
    Interface* WatchInterface(Ptr<SerialNetDevice> device, const std::string& router);

    /**
     * @brief Print a time-stamped message, if the router has power.
     * @param interface the interface that it is about
     * @param text the message
     */
    static void Say(const Interface* interface, const std::string& text);

    /**
     * @brief The end of the lines on the encapsulation.
     * @param device the interface
     * @return "keepalive set (T sec)" or "keepalive not set"
     */
    static std::string DescribeKeepalive(Ptr<const SerialNetDevice> device);

    /**
     * @brief What "show interfaces" says of the encapsulation.
     * @param device the interface
     * @return one line or more, indented
     */
    virtual std::vector<std::string> DescribeEncapsulation(Ptr<SerialNetDevice> device) const = 0;

    /**
     * @brief Whether the interface has found out that it hears itself.
     * @param device the interface
     * @return true for "(looped)"
     */
    virtual bool IsLooped(Ptr<SerialNetDevice> device) const = 0;

    /**
     * @brief How often the interface was reset.
     * @param device the interface
     * @return the number; 0 unless the subclass knows better
     */
    virtual uint64_t GetResets(Ptr<SerialNetDevice> device) const;

  private:
    // trace sinks
    static void Line(Interface* interface, const DetectionEvent& event);
    static void Admin(Interface* interface, bool up);
    static void Power(Interface* interface, bool powered);
    static void Carrier(Interface* interface, bool carrier);
    static void CountTx(Interface* interface, uint32_t bytes);
    static void CountRx(Interface* interface, uint32_t bytes);
    static void Drop(Interface* interface, Ptr<const Packet> packet, DropReason reason);

    /**
     * @brief Print a %LINK message if there is anything new to tell.
     * @param interface the interface
     * @param carrier whether it has a carrier
     */
    static void TellLink(Interface* interface, bool carrier);
    /**
     * @brief Print a %LINEPROTO message if there is anything new to tell. A scheduled event.
     * @param interface the interface
     */
    static void TellLine(Interface* interface);
    /**
     * @brief A router starts, or dies: nothing that was told counts any more.
     * @param interface the interface
     */
    static void Forget(Interface* interface);

    /**
     * @brief Print "show interfaces serial" of one interface.
     * @param interface the interface
     */
    void ShowInterface(Interface& interface);
    /**
     * @brief The first line of that.
     * @param interface the interface
     * @return its state
     */
    std::string DescribeState(Interface& interface) const;

    ConsoleTranscript& m_transcript;   //!< where to print
    std::list<Interface> m_interfaces; //!< a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SERIAL_CONSOLE_H */
