/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_CONSOLE_H
#define KEEPALIVE_ETHERNET_CONSOLE_H

#include "console-transcript.h"

#include "ns3/detection-event.h"
#include "ns3/ethernet-keepalive.h"
#include "ns3/ethernet-ping.h"
#include "ns3/mac48-address.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <list>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What consoles show of Ethernet interfaces with keepalives, as IOS prints it.
 *
 * @verbatim
   R2: 00:01:56.041: %LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0/0, changed state
       to down
   S1: 00:01:07.310: %ETHCNTR-3-LOOP_BACK_DETECTED: Keepalive packet loop-back detected on
       FastEthernet0/3
   S1: 00:01:07.310: %PM-4-ERR_DISABLE: loopback error detected on Fa0/3, putting Fa0/3 in
       err-disable state
   R1: 00:01:10.000: loopback ping to 0000.0000.0003: reply 1 after 0.248 ms
   @endverbatim
 *
 * Every message is one line. IOS has no ping in layer 2: its line is this module's.
 */
class EthernetConsole
{
  public:
    /**
     * @brief Create a console without interfaces.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit EthernetConsole(ConsoleTranscript& transcript);

    EthernetConsole(const EthernetConsole&) = delete;
    EthernetConsole& operator=(const EthernetConsole&) = delete;

    /**
     * @brief Print what the console of an interface's router or switch shows.
     * @param keepalive the keepalive of the interface
     * @param router name of the router or switch
     * @param name name of the interface, such as "FastEthernet0/1"
     */
    void Watch(Ptr<EthernetKeepalive> keepalive,
               const std::string& router,
               const std::string& name);

    /// Print "show interfaces" of all interfaces, as far as keepalives have to do with it.
    void ShowInterfaces();

    /**
     * @brief The short name of an interface.
     * @param name a name such as "FastEthernet0/1"
     * @return its first two letters and its number: "Fa0/1"
     */
    static std::string ShortName(const std::string& name);

    /**
     * @brief A MAC address as IOS prints it.
     * @param address the address
     * @return three times four digits: "0019.06ea.b885"
     */
    static std::string ToText(Mac48Address address);

  private:
    /// One interface.
    struct Interface
    {
        ConsoleTranscript* transcript;    //!< where to print
        Ptr<EthernetKeepalive> keepalive; //!< its keepalive
        std::string router;               //!< whose it is
        std::string name;                 //!< its name
    };

    // trace sinks
    static void Loop(Interface* interface, Ptr<const Packet> frame);
    static void ErrDisable(Interface* interface, bool disabled);
    static void Admin(Interface* interface, bool up);
    static void Line(Interface* interface, const DetectionEvent& event);
    static void Ping(Interface* interface, const EthernetPingResult& result);

    /**
     * @brief Print a time-stamped message of an interface's router.
     * @param interface the interface
     * @param text the message
     */
    static void Say(const Interface* interface, const std::string& text);
    /**
     * @brief Print "show interfaces" of one interface.
     * @param interface the interface
     */
    void ShowInterface(const Interface& interface);

    ConsoleTranscript& m_transcript;   //!< where to print
    std::list<Interface> m_interfaces; //!< a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_CONSOLE_H */
