/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GRE_CONSOLE_H
#define KEEPALIVE_GRE_CONSOLE_H

#include "console-transcript.h"
#include "rate-window.h"

#include "ns3/detection-event.h"
#include "ns3/gre-tunnel-device.h"
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
 * @brief What consoles show of GRE tunnels.
 *
 * `debug tunnel keepalive`, the %LINK and %LINEPROTO messages, and `show interfaces tunnel`. Trace
 * sinks only: it changes nothing.
 */
class GreConsole
{
  public:
    /**
     * @brief Create a console without tunnels.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit GreConsole(ConsoleTranscript& transcript);

    GreConsole(const GreConsole&) = delete;
    GreConsole& operator=(const GreConsole&) = delete;

    /**
     * @brief Print what the console of a tunnel's router shows.
     * @param device the tunnel
     * @param router name of the router
     */
    void Watch(Ptr<GreTunnelDevice> device, const std::string& router);

    /**
     * @brief Print "show interfaces tunnel" of every tunnel that is watched, as of now.
     */
    void ShowInterfaces();

  private:
    /// One tunnel.
    struct Tunnel
    {
        ConsoleTranscript* transcript; //!< where to print
        Ptr<GreTunnelDevice> device;   //!< the tunnel
        std::string router;            //!< its router
        RateWindow input;              //!< packets in
        RateWindow output;             //!< packets out
    };

    // trace sinks
    static void Line(Tunnel* tunnel, const DetectionEvent& event);
    static void Tx(Tunnel* tunnel, Ptr<const Packet> keepalive, uint32_t counter);
    static void Rx(Tunnel* tunnel, Ptr<const Packet> keepalive, uint32_t counter);
    static void CountTx(Tunnel* tunnel, uint32_t bytes);
    static void CountRx(Tunnel* tunnel, uint32_t bytes);
    static void Admin(Tunnel* tunnel, bool up);

    /**
     * @brief Print "show interfaces tunnel" of one tunnel.
     * @param tunnel the tunnel
     */
    void ShowInterface(Tunnel& tunnel);

    ConsoleTranscript& m_transcript; //!< where to print
    std::list<Tunnel> m_tunnels;     //!< all tunnels; a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GRE_CONSOLE_H */
