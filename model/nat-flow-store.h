/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_FLOW_STORE_H
#define KEEPALIVE_NAT_FLOW_STORE_H

#include "nat-binding.h"
#include "nat-endpoint.h"
#include "nat-packet.h"
#include "nat-profile.h"
#include "nat-tcp-state.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The bindings and flows of a NatTable, and how they are found. Free of ns-3.
 *
 * A mapping decides what a binding is found by (RFC 4787 section 4.1): the end inside, and as much
 * of the other end as the mapping depends on. From outside it is found by its name there; where
 * names are shared, by as much of the other end, too.
 */
class NatFlowStore
{
  public:
    static constexpr uint32_t NONE = UINT32_MAX; //!< no binding, no flow

    /// One other end of a binding.
    struct Flow
    {
        uint32_t binding{NONE};    //!< whose it is
        NatEndpoint remote;        //!< the other end
        int64_t created{0};        //!< when the first packet came
        int64_t refreshed{0};      //!< when the last packet came that counts
        int64_t timeout{0};        //!< how long it may be idle
        int64_t queued{INT64_MAX}; //!< where it is in the queue
        uint32_t generation{0};    //!< how often this place has been used
        bool fromInside{true};     //!< whether the first packet came from inside
        bool sent{false}; //!< whether there was one from inside: then the filter knows its address
        bool replied{false}; //!< whether there was one in the other direction
        NatTcpState tcp;     //!< of TCP
    };

    /**
     * @brief Create an empty store.
     * @param mapping what bindings depend on
     * @param shared whether bindings with different other ends may have the same name outside
     */
    NatFlowStore(NatProfile::Behavior mapping, bool shared);

    // Indices are handed out.
    NatFlowStore(const NatFlowStore&) = delete;
    NatFlowStore& operator=(const NatFlowStore&) = delete;

    /**
     * @brief Whether a protocol has ports, or identifiers that serve as such.
     * @param protocol IP protocol number
     * @return true if it has
     */
    static bool HasPorts(uint8_t protocol);

    /**
     * @brief Find a binding from inside.
     * @param protocol IP protocol number
     * @param internal the end inside
     * @param remote the other end
     * @return the binding, NONE if there is none
     */
    uint32_t FindInternal(uint8_t protocol,
                          const NatEndpoint& internal,
                          const NatEndpoint& remote) const;

    /**
     * @brief Find a binding from outside.
     * @param protocol IP protocol number
     * @param external what the end inside is called
     * @param remote the other end
     * @return the binding, NONE if there is none
     */
    uint32_t FindExternal(uint8_t protocol,
                          const NatEndpoint& external,
                          const NatEndpoint& remote) const;

    /**
     * @brief Find what an end inside is called outside, towards whomever.
     * @param protocol IP protocol number
     * @param internal the end inside
     * @return the name of its newest binding; nothing if it has none
     */
    std::optional<NatEndpoint> FindName(uint8_t protocol, const NatEndpoint& internal) const;

    /**
     * @brief Find a flow.
     * @param binding its binding, may be NONE
     * @param remote its other end
     * @return the flow, NONE if there is none
     */
    uint32_t FindFlow(uint32_t binding, const NatEndpoint& remote) const;

    /**
     * @brief Whether a binding has sent to an address, and a flow of that is still there.
     * @param binding the binding
     * @param address the address
     * @return true if it has
     */
    bool HasSentTo(uint32_t binding, uint32_t address) const;

    /**
     * @brief Get a binding.
     * @param binding the binding
     * @return what others see of it
     */
    const NatBinding& GetBinding(uint32_t binding) const;

    /**
     * @brief Get a flow.
     * @param flow the flow
     * @return the flow, or a place where there is none any more; valid until the next AddFlow
     */
    Flow& GetFlow(uint32_t flow);

    /**
     * @brief Get a flow.
     * @param flow the flow
     * @return the flow, or a place where there is none any more; valid until the next AddFlow
     */
    const Flow& GetFlow(uint32_t flow) const;

    /**
     * @brief Add a binding, without flows: one is to follow.
     * @param shown what others see of it
     * @return the binding
     */
    uint32_t AddBinding(const NatBinding& shown);

    /**
     * @brief Add a flow.
     * @param binding its binding
     * @param flow what is known of it
     * @return the flow
     */
    uint32_t AddFlow(uint32_t binding, const Flow& flow);

    /**
     * @brief Note that a flow has had a packet from inside.
     * @param flow the flow
     */
    void SetSent(uint32_t flow);

    /**
     * @brief Remove a flow, and its binding if it was the last one.
     * @param flow the flow
     * @return the binding that was removed; nothing if it has other flows
     */
    std::optional<NatBinding> RemoveFlow(uint32_t flow);

    /**
     * @brief How many places for flows there are.
     * @return all flows have smaller numbers
     */
    uint32_t GetNPlaces() const;

    /**
     * @brief Count the flows.
     * @return how many there are
     */
    std::size_t GetNFlows() const;

    /**
     * @brief Count the bindings.
     * @return how many there are
     */
    std::size_t GetNBindings() const;

    /**
     * @brief List the bindings.
     * @return the bindings, in no particular but always the same order
     */
    std::vector<NatBinding> GetBindings() const;

  private:
    /// What something is found by; what does not matter is 0.
    struct Key
    {
        uint32_t number{0}; //!< IP protocol number, or the binding
        NatEndpoint own;    //!< the end inside, or what it is called outside
        NatEndpoint remote; //!< the other end

        /**
         * @brief Compare.
         * @param other another key
         * @return true if it is the same
         */
        bool operator==(const Key& other) const
        {
            return number == other.number && own == other.own && remote == other.remote;
        }
    };

    /// Spreads keys.
    struct KeyHash
    {
        /**
         * @brief Spread a key.
         * @param key the key
         * @return a number
         */
        std::size_t operator()(const Key& key) const;
    };

    /// Where something is.
    using Index = std::unordered_map<Key, uint32_t, KeyHash>;

    /// A binding, or a place without one.
    struct Binding
    {
        NatBinding shown;  //!< what others see of it
        Key internal;      //!< how it is found from inside
        Key external;      //!< how it is found from outside
        uint32_t flows{0}; //!< how many flows it has
    };

    /**
     * @brief What a mapping depends on at the other end.
     * @param protocol IP protocol number
     * @param remote the other end
     * @return the part of it that matters
     */
    NatEndpoint Project(uint8_t protocol, const NatEndpoint& remote) const;

    /**
     * @brief What a binding is found by from inside.
     * @param protocol IP protocol number
     * @param internal the end inside
     * @param remote the other end
     * @return the key
     */
    Key InternalKey(uint8_t protocol, const NatEndpoint& internal, const NatEndpoint& remote) const;

    /**
     * @brief What a binding is found by from outside.
     * @param protocol IP protocol number
     * @param external what the end inside is called
     * @param remote the other end
     * @return the key
     */
    Key ExternalKey(uint8_t protocol, const NatEndpoint& external, const NatEndpoint& remote) const;

    /**
     * @brief Look something up.
     * @param index where
     * @param key what it is found by
     * @return what is there, NONE if nothing is
     */
    static uint32_t Find(const Index& index, const Key& key);

    const NatProfile::Behavior m_mapping; //!< what bindings depend on
    const bool m_shared;                  //!< whether they may share a name outside
    std::vector<Binding> m_bindings;      //!< the bindings, and free places
    std::vector<uint32_t> m_freeBindings; //!< the free places
    std::vector<Flow> m_flows;            //!< the flows, and free places
    std::vector<uint32_t> m_freeFlows;    //!< the free places
    Index m_internal;                     //!< bindings, by the end inside
    std::unordered_map<Key, std::vector<uint32_t>, KeyHash>
        m_names;       //!< bindings, by the end inside alone
    Index m_external;  //!< bindings, by the end outside
    Index m_remotes;   //!< flows, by binding and other end
    Index m_addresses; //!< how many flows have sent, by binding and address of the other end
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_FLOW_STORE_H */
