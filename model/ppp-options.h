/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_OPTIONS_H
#define KEEPALIVE_PPP_OPTIONS_H

#include "drop-reason.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The list of configuration options in a Configure-Request, -Ack, -Nak or -Reject.
 *
 * A list of (type, length, value) as RFC 1661 section 6 has it, in the order of the wire. Types are
 * numbered by each control protocol on its own. Types and lengths that nobody knows are kept as
 * they are, since they must be sent back unchanged.
 */
class PppOptions
{
  public:
    static constexpr uint8_t LCP_MRU = 1;     //!< Maximum-Receive-Unit, RFC 1661 section 6.1
    static constexpr uint8_t LCP_ACCM = 2;    //!< Async-Control-Character-Map, RFC 1662 section 7.1
    static constexpr uint8_t LCP_AUTH = 3;    //!< Authentication-Protocol, RFC 1661 section 6.2
    static constexpr uint8_t LCP_QUALITY = 4; //!< Quality-Protocol, RFC 1661 section 6.3
    static constexpr uint8_t LCP_MAGIC = 5;   //!< Magic-Number, RFC 1661 section 6.4
    static constexpr uint8_t LCP_PFC = 7;     //!< Protocol-Field-Compression, section 6.5
    static constexpr uint8_t LCP_ACFC = 8;    //!< Address-and-Control-Field-Compression, 6.6
    static constexpr uint8_t IPCP_ADDRESS = 3; //!< IP-Address, RFC 1332 section 3.3
    static constexpr uint8_t IPV6CP_ID = 1;    //!< Interface-Identifier, RFC 5072 section 4.1

    static constexpr std::size_t MRU_SIZE = 2;        //!< bytes of the value of LCP_MRU
    static constexpr std::size_t ACCM_SIZE = 4;       //!< bytes of the value of LCP_ACCM
    static constexpr std::size_t MAGIC_SIZE = 4;      //!< bytes of the value of LCP_MAGIC
    static constexpr std::size_t ADDRESS_SIZE = 4;    //!< bytes of the value of IPCP_ADDRESS
    static constexpr std::size_t IDENTIFIER_SIZE = 8; //!< bytes of the value of IPV6CP_ID

    /// Bytes of type and length in front of each value.
    static constexpr std::size_t OPTION_HEADER_SIZE = 2;

    /// One option.
    struct Option
    {
        uint8_t type{0};            //!< Type, as numbered by the protocol that it belongs to
        std::vector<uint8_t> value; //!< Data, at most 253 bytes

        /**
         * @brief The value as a number.
         * @param size bytes that the value must have, 0 to 8
         * @return the value, most significant byte first; none if it has another size
         */
        std::optional<uint64_t> GetNumber(std::size_t size) const;

        /**
         * @brief Compare with another option.
         * @param other the other
         * @return true if type and value are the same
         */
        bool operator==(const Option& other) const;
    };

    /**
     * @brief Make an option whose value is a number.
     * @param type its type
     * @param number its value
     * @param size bytes to write, most significant first, 0 to 8
     * @return the option
     */
    static Option MakeOption(uint8_t type, uint64_t number, std::size_t size);

    /**
     * @brief Replace the list by what stands in a packet.
     * @param data the bytes, without padding
     * @param size how many
     * @return BAD_OPTION if an option is shorter than its own header or longer than what is there,
     *         and the list is empty then; none if all is well
     */
    [[nodiscard]] std::optional<DropReason> Parse(const uint8_t* data, std::size_t size);

    /**
     * @brief The list as bytes.
     * @return what Parse reads
     */
    std::vector<uint8_t> Serialize() const;

    /**
     * @brief Append an option.
     * @param option the option; of a value above 253 bytes the rest is cut off
     */
    void Add(Option option);

    /**
     * @brief The options.
     * @return all of them, in the order of the wire
     */
    const std::vector<Option>& GetAll() const;

    /**
     * @brief Whether there are none.
     * @return true if the list is empty
     */
    bool IsEmpty() const;

    /**
     * @brief Look for an option.
     * @param type its type
     * @return the first of that type, null if there is none; valid until the list changes
     */
    const Option* Find(uint8_t type) const;

    /**
     * @brief Whether exactly this option is in the list.
     * @param option the option
     * @return true if one of the same type and value is
     */
    bool Contains(const Option& option) const;

    /**
     * @brief Maximum-Receive-Unit of LCP.
     * @return bytes; none if absent or not 2 bytes long
     */
    std::optional<uint16_t> GetMru() const;

    /**
     * @brief Async-Control-Character-Map of LCP.
     * @return the map; none if absent or not 4 bytes long
     */
    std::optional<uint32_t> GetAccm() const;

    /**
     * @brief Magic-Number of LCP.
     * @return the number; none if absent or not 4 bytes long
     */
    std::optional<uint32_t> GetMagic() const;

    /**
     * @brief Protocol-Field-Compression of LCP.
     * @return true if present
     */
    bool HasPfc() const;

    /**
     * @brief Address-and-Control-Field-Compression of LCP.
     * @return true if present
     */
    bool HasAcfc() const;

    /**
     * @brief IP-Address of IPCP.
     * @return the address in host order; none if absent or not 4 bytes long
     */
    std::optional<uint32_t> GetIpAddress() const;

    /**
     * @brief Interface-Identifier of IPV6CP.
     * @return the identifier, first byte most significant; none if absent or not 8 bytes long
     */
    std::optional<uint64_t> GetInterfaceIdentifier() const;

    /**
     * @brief Compare with another list.
     * @param other the other
     * @return true if they are the same bytes on the wire
     */
    bool operator==(const PppOptions& other) const;

  private:
    /**
     * @brief A number of a given size.
     * @param type type of the option
     * @param size bytes of its value
     * @return the number; none if the option is absent or of another size
     */
    std::optional<uint64_t> GetNumber(uint8_t type, std::size_t size) const;

    std::vector<Option> m_options; //!< in the order of the wire
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_OPTIONS_H */
