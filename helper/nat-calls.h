/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_CALLS_H
#define KEEPALIVE_NAT_CALLS_H

#include "ns3/dpd-agent.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
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

/**
 * @ingroup keepalive
 * @brief What the users of one end of an SA send to the other end, now and then: does it arrive?
 *
 * A call is one ESP packet, with its number in it. Where the caller is outside of a NAT, calls are
 * what a lost binding keeps away from the end inside.
 */
class NatCalls
{
  public:
    static constexpr uint32_t LEAST_SIZE = 4; //!< octets of a call: its number

    /// One call.
    struct Call
    {
        Time sent;                   //!< when it was made
        std::optional<Time> arrived; //!< when it arrived; none if it did not
    };

    /**
     * @brief Make calls. This object must outlive the simulation.
     * @param caller who calls
     * @param called who is called
     * @param period time between calls, and before the first; zero for none
     * @param size octets of a call, LEAST_SIZE or more
     */
    NatCalls(Ptr<DpdAgent> caller, Ptr<DpdAgent> called, Time period, uint32_t size);

    NatCalls(const NatCalls&) = delete;
    NatCalls& operator=(const NatCalls&) = delete;

    /**
     * @brief What was made of them.
     * @return the calls, in their order
     */
    const std::vector<Call>& GetCalls() const;

    /**
     * @brief Write one row for each call: from, number, sent_s, arrived_s; the last one is empty
     *        for a call that did not arrive.
     * @param out where to
     * @param name what to call the caller
     */
    void Write(std::ostream& out, const std::string& name) const;

  private:
    /// Call, and again later.
    void Make();
    /**
     * @brief Trace sink: something arrived.
     * @param data what
     */
    void Arrive(Ptr<const Packet> data);

    Ptr<DpdAgent> m_caller;    //!< who calls
    Time m_period;             //!< time between calls
    uint32_t m_size;           //!< octets of one
    std::vector<Call> m_calls; //!< what was made of them
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_CALLS_H */
