/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_ATTRIBUTE_READER_H
#define KEEPALIVE_BGP_ATTRIBUTE_READER_H

#include "bgp-as-path.h"
#include "bgp-error.h"
#include "bgp-path-attributes.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Reads the path attributes of an UPDATE (RFC 4271 sections 4.3 and 6.3). Free of ns-3.
 *
 * To be used in the order of its functions, once. Between speakers of two octets per AS, AS4_PATH
 * and AS4_AGGREGATOR are read and put where they belong (RFC 6793 section 4.2.3); malformed ones
 * are ignored (section 6).
 */
class BgpAttributeReader
{
  public:
    /**
     * @brief Begin.
     * @param fourOctetAs whether both sides speak AS numbers of four octets
     * @param external whether the peer is in another AS: the value of its LOCAL_PREF is ignored
     */
    BgpAttributeReader(bool fourOctetAs, bool external);

    /**
     * @brief Read all attributes.
     * @param data the field Path Attributes
     * @param size how many bytes
     * @return what to tell the peer; nothing if they are well formed
     */
    [[nodiscard]] std::optional<BgpError> Read(const uint8_t* data, std::size_t size);

    /**
     * @brief Judge whether those are there that every prefix needs.
     * @return what to tell the peer; nothing if they are
     */
    [[nodiscard]] std::optional<BgpError> CheckMandatory() const;

    /**
     * @brief Put together what they mean.
     * @return the attributes
     */
    BgpPathAttributes Take();

  private:
    /// An attribute as it lies in the message.
    struct Attribute
    {
        uint8_t flags{0};              //!< its flags
        uint8_t type{0};               //!< its type
        const uint8_t* begin{nullptr}; //!< where it begins, with its flags
        const uint8_t* value{nullptr}; //!< where its value begins
        std::size_t size{0};           //!< bytes of the value
    };

    /**
     * @brief Judge flags and length (RFC 4271 section 6.3), which each type prescribes.
     * @param attribute the attribute
     * @return what to tell the peer; nothing if they are right
     */
    std::optional<BgpError> CheckForm(const Attribute& attribute) const;

    /**
     * @brief Read the value of an attribute whose form is right.
     * @param attribute the attribute
     * @return what to tell the peer; nothing if it is well formed
     */
    std::optional<BgpError> ReadValue(const Attribute& attribute);

    /**
     * @brief Keep an attribute that is not understood.
     * @param attribute the attribute
     */
    void Keep(const Attribute& attribute);

    /**
     * @brief An error of an attribute, with the attribute.
     * @param subcode what is wrong
     * @param attribute the attribute
     * @return what to tell the peer
     */
    static BgpError Refuse(uint8_t subcode, const Attribute& attribute);

    bool m_fourOctetAs;             //!< whether both sides speak AS numbers of four octets
    bool m_external;                //!< whether the peer is in another AS
    std::bitset<256> m_seen;        //!< types that there were
    BgpPathAttributes m_attributes; //!< what they mean
    BgpAsPath m_as4Path;            //!< AS4_PATH
    std::optional<BgpPathAttributes::Aggregator> m_as4Aggregator; //!< AS4_AGGREGATOR
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_ATTRIBUTE_READER_H */
