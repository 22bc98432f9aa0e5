/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_SWITCH_H
#define KEEPALIVE_ETHERNET_SWITCH_H

#include "drop-reason.h"
#include "node-part.h"

#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A learning Ethernet switch, or a hub, aggregated to a node; its ports are devices of it.
 *
 * ns-3's BridgeNetDevice floods a frame whose destination lives on the port that it came in by. A
 * keepalive is such a frame, from an interface to itself, and would go everywhere. A switch learns
 * the source first, finds the destination on that very port, and filters the frame: it lives for
 * one hop, and all that it does is to refresh the sender's entry in the address table.
 *
 * A port carries frames unless it is blocked by the spanning tree, or err-disabled here, or its
 * device has an EthernetKeepalive whose line protocol is down: because it is err-disabled, shut,
 * without power, or because its keepalives no longer come back. What is addressed to one of the
 * switch's own ports ends here, and is that device's to handle; so are the addresses that no
 * bridge forwards (IEEE 802.1D, 01:80:c2:00:00:00 to 0f). The switch sends nothing of its own.
 *
 * Without learning it is a hub: whatever comes in goes out everywhere else. Two ports of a hub that
 * are cabled together are the loop that brings keepalives back.
 */
class EthernetSwitch : public Object, public NodePart
{
  public:
    /// What became of a frame that came in by a port that works.
    enum class Action : uint8_t
    {
        FORWARDED, //!< sent out of the port on which its destination lives
        FLOODED,   //!< sent out of all other ports: a group, or a destination not known
        FILTERED,  //!< its destination lives on the port that it came in by
        LOCAL,     //!< for a port of the switch itself, or for any bridge: it ends here
        BLOCKED    //!< the spanning tree keeps the port from forwarding
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    EthernetSwitch();
    ~EthernetSwitch() override;

    EthernetSwitch(const EthernetSwitch&) = delete;
    EthernetSwitch& operator=(const EthernetSwitch&) = delete;

    /**
     * @brief Make a device of the node a port. Aborts if it cannot be one, or is one already.
     * @param device a device of the switch's node that supports SendFrom and has a MAC address
     * @return the number of the port, from 0 on
     */
    uint32_t AddPort(Ptr<NetDevice> device);

    /**
     * @brief How many ports there are.
     * @return the number
     */
    uint32_t GetNPorts() const;

    /**
     * @brief The device behind a port.
     * @param port number of the port
     * @return the device
     */
    Ptr<NetDevice> GetPortDevice(uint32_t port) const;

    /**
     * @brief The port on which an address lives.
     * @param address the address
     * @return number of the port; none if it was not heard for the ageing time, or never
     */
    std::optional<uint32_t> GetPort(Mac48Address address) const;

    /**
     * @brief When an address was last heard.
     * @param address the address
     * @return the time; none if the table has no such entry
     */
    std::optional<Time> GetLastHeard(Mac48Address address) const;

    /**
     * @brief How many addresses are known.
     * @return entries that have not aged out
     */
    std::size_t GetTableSize() const;

    /// Forget all addresses: "clear mac address-table dynamic".
    void ClearTable();

    /**
     * @brief Have the spanning tree block a port, or not. Nothing in this module computes the tree.
     * @param port number of the port
     * @param blocked true: the port neither learns nor forwards
     */
    void SetPortBlocked(uint32_t port, bool blocked);

    /**
     * @brief Whether the spanning tree blocks a port.
     * @param port number of the port
     * @return true if it does
     */
    bool IsPortBlocked(uint32_t port) const;

    /**
     * @brief Err-disable a port, or take it back, for a reason other than a keepalive.
     * @param port number of the port
     * @param disabled true: the switch takes nothing from the port and gives nothing to it
     */
    void SetPortErrDisabled(uint32_t port, bool disabled);

    /**
     * @brief Whether a port is err-disabled, here or by the keepalive of its device.
     * @param port number of the port
     * @return true if it is
     */
    bool IsPortErrDisabled(uint32_t port) const;

    /**
     * @brief Whether a port carries frames.
     * @param port number of the port
     * @return true if nothing keeps it from forwarding
     */
    bool IsPortForwarding(uint32_t port) const;

    // inherited from NodePart; a stall of the control plane leaves the hardware forwarding
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

    /**
     * @brief Signature of the Frame trace source.
     * @param packet the frame without its MAC header
     * @param port the port that it came in by
     * @param action what became of it
     */
    typedef void (*FrameTracedCallback)(Ptr<const Packet> packet, uint32_t port, Action action);

    /**
     * @brief Signature of the Learn trace source.
     * @param address an address that was not known, or lived on another port
     * @param port the port on which it lives now
     */
    typedef void (*LearnTracedCallback)(Mac48Address address, uint32_t port);

  protected:
    void DoDispose() override;

  private:
    /// A port.
    struct Port
    {
        Ptr<NetDevice> device;   //!< what is behind it
        bool blocked{false};     //!< by the spanning tree
        bool errDisabled{false}; //!< for a reason other than a keepalive
    };

    /// Where an address lives.
    struct Entry
    {
        uint32_t port; //!< number of the port
        Time heard;    //!< when it was last heard there
    };

    /**
     * @brief A frame came in: the Node's protocol handler.
     * @param device the port's device
     * @param packet the frame without its MAC header
     * @param protocol its EtherType
     * @param source its source address
     * @param destination its destination address
     * @param type whom it is for, from the device's point of view
     */
    void Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& source,
                 const Address& destination,
                 NetDevice::PacketType type);

    /**
     * @brief What keeps a port from carrying anything at all.
     * @param port the port
     * @return the reason, none if it works, blocked by the spanning tree or not
     */
    std::optional<DropReason> GetPortFault(const Port& port) const;

    /**
     * @brief Note where an address lives.
     * @param source the source of a frame
     * @param port the port that it came in by
     */
    void Learn(Mac48Address source, uint32_t port);

    /**
     * @brief Whether a frame ends in the switch.
     * @param destination its destination
     * @return true for the addresses of the ports and those that no bridge forwards
     */
    bool IsLocal(Mac48Address destination) const;

    /**
     * @brief Where to send a frame.
     * @param destination its destination
     * @return the port on which it lives; none if that is not known, or it is a group
     */
    std::optional<uint32_t> Lookup(Mac48Address destination) const;

    /**
     * @brief Whether an entry is still good.
     * @param entry the entry
     * @return false if its address was silent for longer than the ageing time
     */
    bool IsFresh(const Entry& entry) const;

    /**
     * @brief Send a frame out of a port.
     * @param port the port
     * @param packet the frame without its MAC header
     * @param protocol its EtherType
     * @param source its source address
     * @param destination its destination address
     */
    void Transmit(const Port& port,
                  Ptr<const Packet> packet,
                  uint16_t protocol,
                  Mac48Address source,
                  Mac48Address destination);

    /**
     * @brief A port by its number. Aborts if there is none.
     * @param port the number
     * @return the port
     */
    const Port& At(uint32_t port) const;

    std::vector<Port> m_ports;             //!< the ports
    std::map<Mac48Address, Entry> m_table; //!< where addresses live
    Ptr<Node> m_node;                      //!< the node, from the first port on
    bool m_learning{true};                 //!< a switch, not a hub
    Time m_ageingTime;                     //!< silence after which an address is forgotten
    uint32_t m_maxEntries{0};              //!< room in the table
    bool m_powered{true};                  //!< the node has power

    TracedCallback<Ptr<const Packet>, uint32_t, Action> m_frameTrace; //!< a frame and its fate
    TracedCallback<Mac48Address, uint32_t> m_learnTrace;              //!< an entry is new, or moved
    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace;        //!< a frame went no further
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_SWITCH_H */
