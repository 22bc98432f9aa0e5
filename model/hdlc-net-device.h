/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_HDLC_NET_DEVICE_H
#define KEEPALIVE_HDLC_NET_DEVICE_H

#include "hdlc-header.h"
#include "sequence-gap-counter.h"
#include "serial-net-device.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

class SlarpHeader;

/**
 * @ingroup keepalive
 * @brief A serial interface with Cisco HDLC and its keepalives, "encapsulation hdlc".
 *
 * Every interval it judges whether the peer still acknowledges its sequence numbers, as
 * SequenceGapCounter has it for the implementation that VerdictRule names, and sends the next one.
 * Keepalives are SLARP packets; SLARP also lets an interface without an address derive one from its
 * peer's. HDLC carries IPv4 and IPv6; everything else, CDP included, is counted and dropped.
 *
 * An interval of zero is "keepalive disable": nothing is sent, nothing is judged, and the line
 * protocol follows the carrier. Received keepalives are then dropped, unanswered: in HDLC nobody
 * answers, both ends tell.
 */
class HdlcNetDevice : public SerialNetDevice
{
  public:
    /**
     * @brief Whose rule judges. A plain enum because the attribute system before ns-3.41 takes no
     *        other; the values are those of SequenceGapCounter::Rule.
     */
    enum VerdictRule
    {
        IOS,     //!< Cisco IOS
        NOKIA,   //!< Nokia, i4l
        LINUX,   //!< Linux hdlc_cisco
        FREEBSD, //!< FreeBSD ng_cisco
        SPPP,    //!< FreeBSD sppp
        H3C,     //!< H3C Comware
        JUNOS    //!< Juniper Junos
    };

    /// What "debug serial interface" prints at each tick, before the keepalive is sent.
    struct TickRecord
    {
        uint32_t mySequence{0}; //!< "myseq", the number sent last
        uint32_t mineSeen{0};   //!< "mineseen", the number that the peer returned last
        uint32_t yourSeen{0};   //!< "yourseen", the number that the peer sent last
        bool fresh{false};      //!< the "*": a keepalive arrived since the previous tick
        bool lineUp{true};      //!< verdict of this tick
        bool looped{false};     //!< this end hears itself
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    HdlcNetDevice();
    ~HdlcNetDevice() override;

    HdlcNetDevice(const HdlcNetDevice&) = delete;
    HdlcNetDevice& operator=(const HdlcNetDevice&) = delete;

    /**
     * @brief The sequence numbers of both ends and the verdict on them.
     * @return the counter
     */
    const SequenceGapCounter& GetSequence() const;

    /**
     * @brief How often the interface was reset because of a gap.
     * @return the number
     */
    uint64_t GetResets() const;

    /**
     * @brief Signature of the KeepaliveTick trace source.
     * @param tick what the tick found
     */
    typedef void (*TickTracedCallback)(const TickRecord& tick);

    /**
     * @brief Signature of the InterfaceReset trace source.
     * @param resets how often that has happened by now
     */
    typedef void (*ResetTracedCallback)(uint64_t resets);

    /**
     * @brief Signature of the AddressDiscovered trace source.
     * @param address the address that this end gave itself
     * @param mask its mask
     */
    typedef void (*AddressTracedCallback)(Ipv4Address address, Ipv4Mask mask);

  protected:
    void StartProtocol() override;
    void RestartKeepalive() override;
    std::optional<DropReason> Encapsulate(Ptr<Packet> packet, uint16_t protocolNumber) override;
    void SendProbe() override;
    void ReceiveFrame(Ptr<Packet> frame) override;
    void UpdateSignals() override;

  private:
    /**
     * @brief Put the HDLC header before a SLARP packet and send it.
     * @param slarp the SLARP packet; its size becomes that which is configured
     * @return the frame, null if there was no room for it
     */
    Ptr<Packet> SendSlarp(SlarpHeader&& slarp);
    /**
     * @brief A SLARP packet arrived.
     * @param slarp the packet, as it was read
     * @param frame the frame around it
     */
    void HandleSlarp(const SlarpHeader& slarp, Ptr<Packet> frame);
    /**
     * @brief A keepalive of the peer arrived.
     * @param slarp the keepalive
     * @param frame the frame around it
     */
    void HandleKeepalive(const SlarpHeader& slarp, Ptr<Packet> frame);
    /// The peer asks for this end's address, and may have started again.
    void HandleRequest();
    /**
     * @brief The peer told its address: derive this end's from it.
     * @param address address of the peer
     * @param mask its mask
     */
    void HandleReply(Ipv4Address address, Ipv4Mask mask);
    /**
     * @brief Make the line protocol what counter and loop now call for.
     * @param cause why, if that is a change
     */
    void UpdateLine(LineCause cause);
    /// A new counter for the configuration in force.
    void ResetCounter();
    /**
     * @brief Silence that the rule LINUX allows.
     * @return the hold time; 2.5 intervals, as sethdlc has it, unless one is set
     */
    Time GetSilenceAllowed() const;
    /**
     * @brief Whether this end still looks for an address.
     * @return true if it should have one from its peer and has none
     */
    bool IsSearchingAddress() const;

    void SetVerdictRule(VerdictRule rule); //!< @param rule whose rule
    VerdictRule GetVerdictRule() const;    //!< @return whose rule

    VerdictRule m_rule{IOS};        //!< whose rule
    HdlcHeader m_slarpFrameHeader;  //!< what goes before SLARP packets
    SequenceGapCounter m_sequence;  //!< the decision
    Time m_lastAccepted;            //!< last keepalive accepted, or start
    std::optional<Time> m_bootTime; //!< when the node started; none without power
    uint32_t m_slarpSize{20};       //!< bytes of a SLARP body
    bool m_downWhenLooped{false};   //!< a loop takes the line down
    bool m_addressDiscovery{false}; //!< ask the peer for an address
    bool m_printable{false};        //!< packets remember their headers, to be printed
    uint64_t m_resets{0};           //!< interface resets
    uint64_t m_starts{0};           //!< how often the counter started over

    TracedCallback<const TickRecord&> m_tickTrace;             //!< before each keepalive
    TracedCallback<uint64_t> m_resetTrace;                     //!< interface reset
    TracedCallback<Ipv4Address, Ipv4Mask> m_addressDiscovered; //!< address derived
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_HDLC_NET_DEVICE_H */
