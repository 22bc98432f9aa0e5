/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_HEADER_H
#define KEEPALIVE_BFD_HEADER_H

#include "bfd-diagnostic.h"
#include "bfd-state.h"
#include "drop-reason.h"

#include "ns3/header.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A BFD Control packet (RFC 5880 section 4.1): 24 bytes, and nothing behind them.
 *
 * @verbatim
   0                   1                   2                   3
   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
  |                       My Discriminator                        |
  |                      Your Discriminator                       |
  |                    Desired Min TX Interval                    |
  |                   Required Min RX Interval                    |
  |                 Required Min Echo RX Interval                 |
  |               Authentication Section (if A)                   |
  @endverbatim
 *
 * Intervals are in microseconds. An authentication section, and whatever else the Length covers
 * beyond 24 bytes, is kept as it is and means nothing here.
 */
class BfdHeader : public Header
{
  public:
    static constexpr uint8_t SIZE = 24; //!< bytes without an authentication section

    /// The bits between Sta and Detect Mult, as they stand in the second byte.
    enum Flag : uint8_t
    {
        POLL = 0x20,                      //!< P: please answer, with F
        FINAL = 0x10,                     //!< F: the answer
        CONTROL_PLANE_INDEPENDENT = 0x08, //!< C: BFD goes on while the control plane hangs
        AUTHENTICATION_PRESENT = 0x04,    //!< A: a section follows
        DEMAND = 0x02,                    //!< D: please stop sending periodically
        MULTIPOINT = 0x01                 //!< M: must be zero
    };

    /**
     * @brief Signature of the PacketTx and PacketRx trace sources of BFD.
     * @param header the whole packet
     */
    typedef void (*TracedCallback)(const BfdHeader& header);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Set the diagnostic.
     * @param diagnostic why the sender changed its state last; 0 to 31
     */
    void SetDiagnostic(BfdDiagnostic diagnostic);

    /**
     * @brief The diagnostic.
     * @return why the sender changed its state last
     */
    BfdDiagnostic GetDiagnostic() const;

    /**
     * @brief Set the state.
     * @param state of the sender
     */
    void SetState(BfdState state);

    /**
     * @brief The state.
     * @return of the sender
     */
    BfdState GetState() const;

    /**
     * @brief Set or clear a bit. AUTHENTICATION_PRESENT is what SetAuthentication makes it.
     * @param flag which
     * @param set whether it is to be set
     */
    void SetFlag(Flag flag, bool set = true);

    /**
     * @brief Whether a bit is set.
     * @param flag which
     * @return true if it is
     */
    bool HasFlag(Flag flag) const;

    /**
     * @brief Set the detection multiplier.
     * @param multiplier of the sender; 1 to 255
     */
    void SetDetectMult(uint8_t multiplier);

    /**
     * @brief The detection multiplier.
     * @return how many of the sender's intervals may pass in silence
     */
    uint8_t GetDetectMult() const;

    /**
     * @brief Set the sender's discriminator.
     * @param discriminator its name for the session; not 0
     */
    void SetMyDiscriminator(uint32_t discriminator);

    /**
     * @brief The sender's discriminator.
     * @return its name for the session
     */
    uint32_t GetMyDiscriminator() const;

    /**
     * @brief Set the receiver's discriminator.
     * @param discriminator the receiver's name for the session; 0 if it is not known
     */
    void SetYourDiscriminator(uint32_t discriminator);

    /**
     * @brief The receiver's discriminator.
     * @return the receiver's name for the session; 0 if the sender does not know it
     */
    uint32_t GetYourDiscriminator() const;

    /**
     * @brief Set the interval at which the sender would like to send.
     * @param microseconds before jitter
     */
    void SetDesiredMinTx(uint32_t microseconds);

    /**
     * @brief The interval at which the sender would like to send.
     * @return in microseconds, before jitter
     */
    uint32_t GetDesiredMinTx() const;

    /**
     * @brief Set the interval at which the sender is able to receive.
     * @param microseconds before jitter; 0 for "send nothing periodically"
     */
    void SetRequiredMinRx(uint32_t microseconds);

    /**
     * @brief The interval at which the sender is able to receive.
     * @return in microseconds, before jitter; 0 for "send nothing periodically"
     */
    uint32_t GetRequiredMinRx() const;

    /**
     * @brief Set the interval between Echo packets that the sender is able to send back.
     * @param microseconds the interval; 0 for none, as always in this module
     */
    void SetRequiredMinEchoRx(uint32_t microseconds);

    /**
     * @brief The interval between Echo packets that the sender is able to send back.
     * @return in microseconds; 0 for none
     */
    uint32_t GetRequiredMinEchoRx() const;

    /**
     * @brief Set the authentication section, and the A bit.
     * @param section its bytes, 2 to 231, more are cut off; none clears the A bit
     */
    void SetAuthentication(std::vector<uint8_t> section);

    /**
     * @brief What follows the 24 bytes.
     * @return the authentication section, if the A bit is set; else whatever the Length covers
     */
    const std::vector<uint8_t>& GetAuthentication() const;

    /**
     * @brief What is wrong with the packet that was last deserialized, of what RFC 5880 section
     *        6.8.6 tells to discard without looking at any session.
     * @return TRUNCATED (shorter than its Length, or than 24 bytes), BAD_VERSION, BAD_LENGTH,
     *         BAD_OPTION (Detect Mult is zero), RESERVED_BITS (M is set), BAD_DISCRIMINATOR (My
     *         Discriminator is zero); none if it is well formed
     */
    std::optional<DropReason> GetError() const;

    // inherited from Header
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read a packet.
     * @param start where it begins
     * @return bytes consumed, which is its Length; 0 if it is malformed, see GetError
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    /**
     * @brief Read the fields.
     * @param start where the packet begins
     * @return what is wrong, none if nothing
     */
    std::optional<DropReason> Parse(Buffer::Iterator start);

    BfdDiagnostic m_diagnostic{BfdDiagnostic::NONE}; //!< Diag
    BfdState m_state{BfdState::DOWN};                //!< Sta
    uint8_t m_flags{0};                              //!< P, F, C, A, D, M
    uint8_t m_detectMult{3};                         //!< Detect Mult
    uint32_t m_myDiscriminator{0};                   //!< My Discriminator
    uint32_t m_yourDiscriminator{0};                 //!< Your Discriminator
    uint32_t m_desiredMinTx{1000000};                //!< Desired Min TX Interval
    uint32_t m_requiredMinRx{1000000};               //!< Required Min RX Interval
    uint32_t m_requiredMinEchoRx{0};                 //!< Required Min Echo RX Interval
    std::vector<uint8_t> m_rest;                     //!< what follows
    std::optional<DropReason> m_error;               //!< what was wrong
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_HEADER_H */
