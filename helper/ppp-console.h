/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_CONSOLE_H
#define KEEPALIVE_PPP_CONSOLE_H

#include "serial-console.h"

#include "ns3/event-id.h"
#include "ns3/ppp-control-header.h"
#include "ns3/ppp-net-device.h"

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
 * @brief What consoles show of serial interfaces with PPP.
 *
 * `debug ppp packet`, `debug ppp negotiation`, and what SerialConsole has.
 *
 * The lines follow public transcripts of Cisco IOS 12 on leased lines. None of these has a line for
 * a keepalive that went unanswered: only the messages that follow from it are printed. Of `debug
 * ppp packet` there are the echoes alone; the line "PPP: I pkt type ..." is not printed, because
 * transcripts have it for other packets than echoes, and in brackets something that this model does
 * not know.
 *
 * Public transcripts have the phases of a link, as RFC 1661 section 3.2 calls them, in these
 * places. Assumed: the same where this end gives up on its peer, since nobody published that.
 *  - ESTABLISHING before the first Configure-Request of a negotiation, with "Active Open" if it is
 *    this end that begins
 *  - UP when LCP is Opened, because there is no authentication here
 *  - TERMINATING when LCP leaves Opened for anything but another negotiation
 *  - DOWN when LCP is closed, or the line below is gone
 */
class PppConsole : public SerialConsole
{
  public:
    /// What is switched on, of `debug ppp`.
    struct Debug
    {
        bool packets{true};     //!< `debug ppp packet`
        bool negotiation{true}; //!< `debug ppp negotiation`
    };

    /**
     * @brief Create a console without interfaces, with everything switched on.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit PppConsole(ConsoleTranscript& transcript);

    /**
     * @brief Create a console without interfaces.
     * @param transcript where to print; must outlive the simulation, as this object must
     * @param debug what is switched on
     */
    PppConsole(ConsoleTranscript& transcript, const Debug& debug);

    ~PppConsole() override;

    /**
     * @brief Print what the console of an interface's router shows.
     * @param device the interface
     * @param router name of the router
     */
    void Watch(Ptr<PppNetDevice> device, const std::string& router);

  private:
    /// One interface.
    struct Link
    {
        Interface* interface;     //!< what it has in common with the others
        Ptr<PppNetDevice> device; //!< the interface
        std::string name;         //!< its short name
        Debug debug;              //!< what is switched on
        bool terminating;         //!< the link is being terminated
        EventId check;            //!< looks whether that is done
    };

    std::vector<std::string> DescribeEncapsulation(Ptr<SerialNetDevice> device) const override;
    bool IsLooped(Ptr<SerialNetDevice> device) const override;

    // trace sinks
    static void Control(Link* link, const PppNetDevice::ControlRecord& record);
    static void Timeout(Link* link, uint16_t protocol, PppControlProtocol::State state);
    static void EchoReply(Link* link, uint8_t received, uint8_t sent);
    static void LayerState(Link* link, uint16_t protocol, bool opened);
    static void Signal(Link* link, bool up);

    /**
     * @brief Print a line of `debug ppp`.
     * @param link the interface
     * @param text what follows its name
     */
    static void SayOf(const Link* link, const std::string& text);
    /**
     * @brief Print a packet of `debug ppp packet`.
     * @param link the interface
     * @param record the packet
     * @param header its header
     */
    static void SayEcho(const Link* link,
                        const PppNetDevice::ControlRecord& record,
                        const PppControlHeader& header);
    /**
     * @brief Print a packet of `debug ppp negotiation`.
     * @param link the interface
     * @param record the packet
     * @param header its header
     */
    static void SayNegotiation(const Link* link,
                               const PppNetDevice::ControlRecord& record,
                               const PppControlHeader& header);
    /**
     * @brief LCP left state Opened.
     * @param link the interface
     */
    static void LeaveOpened(Link* link);
    /**
     * @brief Look, when all that happens now has happened, whether the link is terminated.
     * @param link the interface
     */
    static void CheckLater(Link* link);
    /**
     * @brief Print that the link is terminated, if it is. A scheduled event.
     * @param link the interface
     */
    static void Check(Link* link);
    /**
     * @brief Print that the link is terminated.
     * @param link the interface
     */
    static void SayTerminated(Link* link);

    const Debug m_debug;     //!< what is switched on
    std::list<Link> m_links; //!< a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_CONSOLE_H */
