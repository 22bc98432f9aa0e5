/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_TRANSPORT_H
#define KEEPALIVE_NAT_TRANSPORT_H

#include "nat-endpoint.h"
#include "nat-packet.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What follows the IP header of a packet that a NAT translates: reads it, trusting nothing,
 *        and gives it other ends. Free of ns-3.
 *
 * Checksums are corrected for what changes (RFC 1624), never made: a wrong one stays wrong. A UDP
 * checksum of zero is none, and stays (RFC 768).
 */
class NatTransport
{
  public:
    static constexpr uint32_t LONGEST = 88; //!< octets that matter: an ICMP error with the longest
                                            //!< IP header and a TCP header in it

    /// What was read.
    enum class Result : uint8_t
    {
        FLOW,      //!< a packet of a flow
        ERROR,     //!< an ICMP error, about a packet of a flow
        TRUNCATED, //!< shorter than its own headers say
        BAD_INNER, //!< an ICMP error about nothing that makes sense
        FRAGMENT,  //!< an ICMP error about a fragment without ports
        UNKNOWN    //!< an ICMP message that is neither query, answer nor error
    };

    /**
     * @brief Read.
     * @param bytes what follows the IP header, or LONGEST octets of it
     * @param size octets that follow the IP header
     * @param protocol IP protocol number
     * @param source source address, in host order
     * @param destination destination address, in host order
     * @return what it is; only FLOW and ERROR can be translated
     */
    [[nodiscard]] Result Read(const std::vector<uint8_t>& bytes,
                              uint32_t size,
                              uint8_t protocol,
                              uint32_t source,
                              uint32_t destination);

    /**
     * @brief Whether it is an ICMP error.
     * @return true if it is
     */
    [[nodiscard]] bool IsError() const;

    /**
     * @brief What was read.
     * @return the packet; that of an ICMP error has no ports
     */
    [[nodiscard]] const NatPacket& GetPacket() const;

    /**
     * @brief The packet in an ICMP error.
     * @return the packet
     */
    [[nodiscard]] const NatPacket& GetInner() const;

    /**
     * @brief Give the packet other ends.
     * @param source where it seems to come from
     * @param destination where it goes to
     * @param zeroIsNone whether a checksum of zero is none, for protocols other than UDP too
     */
    void Translate(const NatEndpoint& source, const NatEndpoint& destination, bool zeroIsNone);

    /**
     * @brief Give the packet in an ICMP error other ends.
     * @param source where it seemed to come from
     * @param destination where it went to
     * @param zeroIsNone whether a checksum of zero is none, for protocols other than UDP too
     */
    void TranslateInner(const NatEndpoint& source, const NatEndpoint& destination, bool zeroIsNone);

    /**
     * @brief What was read, translated.
     * @return the octets, as many as can have changed
     */
    [[nodiscard]] const std::vector<uint8_t>& GetBytes() const;

  private:
    static constexpr uint32_t NOWHERE = UINT32_MAX; //!< no such field

    /// A packet, and where its fields are in the octets.
    struct Layout
    {
        NatPacket packet;                  //!< the packet
        uint32_t addresses{NOWHERE};       //!< its addresses
        uint32_t ipChecksum{NOWHERE};      //!< the checksum of its IP header
        uint32_t sourcePort{NOWHERE};      //!< its source port or ICMP identifier
        uint32_t destinationPort{NOWHERE}; //!< its destination port or ICMP identifier
        uint32_t checksum{NOWHERE};        //!< its transport checksum
        bool coversAddresses{false};       //!< which counts the addresses
    };

    /**
     * @brief Read UDP or TCP.
     * @param size octets that follow the IP header
     * @return what it is
     */
    Result ReadPorts(uint32_t size);

    /**
     * @brief Read ICMP.
     * @return what it is
     */
    Result ReadIcmp();

    /**
     * @brief Read the packet in an ICMP error.
     * @return what it is
     */
    Result ReadInner();

    /**
     * @brief Note where the ports are.
     * @param layout whose; its protocol is known
     * @param at where the transport header begins
     * @return false if it is not all there
     */
    bool FindPorts(Layout& layout, uint32_t at) const;

    /**
     * @brief Whether an ICMP message is a query or an answer with an identifier.
     * @param type its type
     * @param request filled in with whether it is a query
     * @return true if it is
     */
    static bool IsQuery(uint8_t type, bool& request);

    /**
     * @brief Give a packet other ends.
     * @param layout where its fields are
     * @param source where it seems to come from
     * @param destination where it goes to
     * @param zeroIsNone whether a checksum of zero is none
     */
    void Rewrite(Layout& layout,
                 const NatEndpoint& source,
                 const NatEndpoint& destination,
                 bool zeroIsNone);

    /**
     * @brief Write a number of two octets, and correct the checksum of the ICMP error around it.
     * @param at where
     * @param value the number
     * @param zeroIsNone whether a checksum of zero is none
     */
    void Write(uint32_t at, uint16_t value, bool zeroIsNone);

    /**
     * @brief Correct a checksum.
     * @param at where it is, may be NOWHERE
     * @param before two octets as they were
     * @param after the same octets now
     * @param zeroIsNone whether a checksum of zero is none
     * @param udp whether it is that of UDP
     */
    void Correct(uint32_t at, uint16_t before, uint16_t after, bool zeroIsNone, bool udp);

    std::vector<uint8_t> m_bytes; //!< the octets
    Layout m_outer;               //!< the packet
    Layout m_inner;               //!< the packet in an ICMP error
    bool m_isError{false};        //!< whether it is one
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_TRANSPORT_H */
