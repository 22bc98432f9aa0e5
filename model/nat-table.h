/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_TABLE_H
#define KEEPALIVE_NAT_TABLE_H

#include "nat-binding.h"
#include "nat-endpoint.h"
#include "nat-flow-store.h"
#include "nat-packet.h"
#include "nat-profile.h"
#include "nat-tcp-state.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The bindings of a NAT or firewall, and what they decide. Free of ns-3; times are in
 *        nanoseconds, and never go back.
 *
 * A binding is what a mapping gives to an end inside (RFC 4787 section 4.1). It consists of flows,
 * one for each other end; each flow has a timeout of its own, and the binding lasts as long as its
 * last flow. The filter (RFC 4787 section 5) asks for a flow to the sender's endpoint or address;
 * an endpoint-independent one is content with the binding, and what it lets pass becomes a flow.
 *
 * An answer from inside goes by the mapping, too: if the filter lets in more than the mapping
 * depends on, the answer may leave under another name.
 *
 * Ties: a flow is gone when it has been idle for longer than its timeout. A packet that comes
 * exactly at the timeout still finds it.
 *
 * A refresh costs nothing: it moves the deadline of the flow and leaves its entry in the queue,
 * which goes back into the queue when it turns out to be early. 100,000 flows are therefore cheap.
 */
class NatTable
{
  public:
    /// What to do with a packet.
    enum class Fate : uint8_t
    {
        PASS,       //!< let it pass, with the ends of the verdict
        NO_BINDING, //!< there is no binding for it, and none can be made
        FILTERED,   //!< there is a binding, but not for this sender
        NO_PORT,    //!< all ports are in use
        BAD_STATE   //!< a TCP segment that its connection cannot have at this time
    };

    /// The decision.
    struct Verdict
    {
        Fate fate{Fate::NO_BINDING};       //!< what to do
        NatEndpoint source;                //!< where it comes from, as the other side is to see it
        NatEndpoint destination;           //!< where it goes to, as the other side is to see it
        std::optional<NatBinding> created; //!< the binding, if it is new
    };

    /**
     * @brief Create a table without bindings.
     * @param profile how it behaves
     * @param firewall whether it translates nothing: bindings and filter only
     */
    explicit NatTable(const NatProfile& profile, bool firewall = false);

    /**
     * @brief Set the address outside.
     * @param address the address; of bindings to come
     */
    void SetExternalAddress(uint32_t address);

    /**
     * @brief Set a port aside: no binding gets it.
     * @param protocol IP protocol number
     * @param port the port
     */
    void Reserve(uint8_t protocol, uint16_t port);

    /**
     * @brief Whether a port was set aside.
     * @param protocol IP protocol number
     * @param port the port
     * @return true if it was
     */
    [[nodiscard]] bool IsReserved(uint8_t protocol, uint16_t port) const;

    /**
     * @brief A packet from inside to outside.
     * @param packet the packet, as it is inside
     * @param now the time
     * @return what to do with it
     */
    [[nodiscard]] Verdict Outbound(const NatPacket& packet, int64_t now);

    /**
     * @brief A packet from outside to inside.
     * @param packet the packet, as it is outside
     * @param now the time
     * @return what to do with it
     */
    [[nodiscard]] Verdict Inbound(const NatPacket& packet, int64_t now);

    /**
     * @brief Whether the destination of a packet is what a binding is called outside.
     * @param packet the packet, as it is outside
     * @return true if it is
     */
    [[nodiscard]] bool IsBound(const NatPacket& packet) const;

    /**
     * @brief Find the end inside for an ICMP error from outside; never prolongs anything (RFC 5508
     *        section 4.2).
     * @param packet the packet in the error, which went from inside to outside, as it was outside
     * @param now the time
     * @return the end inside; nothing if no flow is known
     */
    [[nodiscard]] std::optional<NatEndpoint> FindInternal(const NatPacket& packet, int64_t now);

    /**
     * @brief Find the end outside for an ICMP error from inside; never prolongs anything.
     * @param packet the packet in the error, which went from outside to inside, as it was inside
     * @param now the time
     * @return the end outside; nothing if no flow is known
     */
    [[nodiscard]] std::optional<NatEndpoint> FindExternal(const NatPacket& packet, int64_t now);

    /**
     * @brief Remove what has expired. All other functions do so first.
     * @param now the time
     */
    void Expire(int64_t now);

    /**
     * @brief When something may expire.
     * @return a deadline, before or at that of the next flow to expire; it has expired at any time
     *         after this. Nothing if there is none
     */
    [[nodiscard]] std::optional<int64_t> GetNextDeadline() const;

    /**
     * @brief Lose all bindings.
     * @param now the time
     */
    void Flush(int64_t now);

    /**
     * @brief Take the bindings that have ended since the last call.
     * @return the bindings, in the order in which they ended
     */
    [[nodiscard]] std::vector<NatBinding> TakeEnded();

    /**
     * @brief List the bindings that there are.
     * @return the bindings, in no particular but always the same order
     */
    [[nodiscard]] std::vector<NatBinding> GetBindings() const;

    /**
     * @brief Count the bindings, expired ones included that nobody has looked for.
     * @return how many there are
     */
    [[nodiscard]] std::size_t GetNBindings() const;

    /**
     * @brief Count the flows, expired ones included that nobody has looked for.
     * @return how many there are
     */
    [[nodiscard]] std::size_t GetNFlows() const;

    /**
     * @brief When the flow of a packet from inside would expire.
     * @param packet the packet, as it is inside
     * @return the last instant at which the flow is there; nothing if there is none
     */
    [[nodiscard]] std::optional<int64_t> GetDeadline(const NatPacket& packet) const;

    /**
     * @brief The TCP state of the flow of a packet from inside.
     * @param packet the packet, as it is inside
     * @return the state, NONE if there is no flow
     */
    [[nodiscard]] NatTcpState::State GetTcpState(const NatPacket& packet) const;

  private:
    using Flow = NatFlowStore::Flow; //!< one other end of a binding

    /// Deadline, flow and its generation.
    using QueueEntry = std::tuple<int64_t, uint32_t, uint32_t>;

    /**
     * @brief Find the flow of a packet from inside.
     * @param packet the packet
     * @return the flow, NONE if there is none
     */
    uint32_t FindOutbound(const NatPacket& packet) const;

    /**
     * @brief Whether the filter lets a packet pass.
     * @param binding its binding
     * @param remote the sender
     * @return true if it does
     */
    bool IsAllowed(uint32_t binding, const NatEndpoint& remote) const;

    /**
     * @brief Choose what an end inside is called outside.
     * @param protocol IP protocol number
     * @param internal the end inside
     * @param remote the other end
     * @return what it is called; nothing if all ports are in use
     */
    std::optional<NatEndpoint> Allocate(uint8_t protocol,
                                        const NatEndpoint& internal,
                                        const NatEndpoint& remote);

    /**
     * @brief Choose a port by trying one after the other.
     * @param protocol IP protocol number
     * @param internal the end inside
     * @param remote the other end
     * @return what it is called; nothing if all ports are in use
     */
    std::optional<NatEndpoint> Search(uint8_t protocol,
                                      const NatEndpoint& internal,
                                      const NatEndpoint& remote);

    /**
     * @brief The ports among which one is chosen.
     * @param protocol IP protocol number
     * @param port the port inside
     * @return first and last port
     */
    std::pair<uint32_t, uint32_t> GetRange(uint8_t protocol, uint16_t port) const;

    /**
     * @brief Whether a name outside can be given away.
     * @param protocol IP protocol number
     * @param external the name
     * @param remote the other end
     * @return true if it is free
     */
    bool IsFree(uint8_t protocol, const NatEndpoint& external, const NatEndpoint& remote) const;

    /**
     * @brief Make a flow, of which no packet has been seen.
     * @param remote the other end
     * @param fromInside whether the first packet comes from inside
     * @param now the time
     * @return the flow
     */
    static Flow MakeFlow(const NatEndpoint& remote, bool fromInside, int64_t now);

    /**
     * @brief A packet of a flow comes by: judge it, and prolong the flow if it may.
     * @param flow the flow, changed if the packet passes
     * @param packet the packet
     * @param outbound whether it comes from inside
     * @param now the time
     * @return what to do with it
     */
    NatTcpState::Fate Touch(Flow& flow, const NatPacket& packet, bool outbound, int64_t now) const;

    /**
     * @brief Finish with a packet of a flow that passes: queue the flow, or remove it.
     * @param index the flow
     * @param outbound whether the packet comes from inside
     * @param fate what to do
     * @param now the time
     */
    void Settle(uint32_t index, bool outbound, NatTcpState::Fate fate, int64_t now);

    /**
     * @brief Remove a flow, and its binding if it was the last one.
     * @param index the flow
     * @param ended when it ended
     * @param end why it ended
     */
    void Remove(uint32_t index, int64_t ended, NatBinding::End end);

    const NatProfile m_profile;                       //!< how it behaves
    const bool m_firewall;                            //!< whether it translates nothing
    uint32_t m_address{0};                            //!< the address outside
    NatFlowStore m_store;                             //!< the bindings and flows
    std::vector<NatBinding> m_ended;                  //!< what nobody has taken yet
    std::unordered_set<uint32_t> m_reserved;          //!< protocols and ports set aside
    std::unordered_map<uint32_t, uint32_t> m_cursors; //!< where the last search ended
    std::priority_queue<QueueEntry, std::vector<QueueEntry>, std::greater<>>
        m_queue; //!< the next deadline first
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_TABLE_H */
