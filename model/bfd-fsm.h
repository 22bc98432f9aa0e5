/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_FSM_H
#define KEEPALIVE_BFD_FSM_H

#include "bfd-diagnostic.h"
#include "bfd-state.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The state machine of a BFD session (RFC 5880 sections 6.2, 6.8.4, 6.8.6, 6.8.16).
 *
 * It knows no time, no packet and no socket. What each event makes of each state, with the
 * diagnostic in parentheses:
 *
 * |                          | AdminDown | Down    | Init     | Up       |
 * |--------------------------|-----------|---------|----------|----------|
 * | the peer is AdminDown    | discard   | -       | Down (3) | Down (3) |
 * | the peer is Down         | discard   | Init    | -        | Down (3) |
 * | the peer is Init         | discard   | Up      | Up       | -        |
 * | the peer is Up           | discard   | -       | Up       | -        |
 * | detection time expired   | -         | -       | Down (1) | Down (1) |
 * | the operator shuts it    | -         | AdminDown (7) in each        |
 * | the operator enables it  | Down (0)  | -       | -        | -        |
 *
 * The diagnostic tells the peer why the last session failed; it is cleared when the next one comes
 * up, as FRR does it. The RFC says when to set it, not when to clear it.
 *
 * Copying copies the state.
 */
class BfdFsm
{
  public:
    /// What an event did.
    enum class Verdict : uint8_t
    {
        DISCARDED, //!< the packet is to be discarded: the session is shut
        UNCHANGED, //!< the state is what it was
        CHANGED    //!< the state is another one
    };

    /**
     * @brief A packet arrived that section 6.8.6 does not tell to discard.
     * @param peer the state that it tells
     * @return what it did
     */
    [[nodiscard]] Verdict OnPacket(BfdState peer);

    /**
     * @brief Nothing arrived for the detection time.
     * @return what it did
     */
    [[nodiscard]] Verdict OnDetectionTimeExpired();

    /**
     * @brief The operator shuts or enables the session.
     * @param adminDown true to shut it
     * @return what it did
     */
    [[nodiscard]] Verdict SetAdminDown(bool adminDown);

    /**
     * @brief The state; Down at the beginning.
     * @return the state
     */
    BfdState GetState() const;

    /**
     * @brief Why it changed last.
     * @return the diagnostic to send
     */
    BfdDiagnostic GetDiagnostic() const;

  private:
    /**
     * @brief Change the state.
     * @param state the new one
     * @param diagnostic why
     * @return CHANGED
     */
    Verdict Change(BfdState state, BfdDiagnostic diagnostic);

    BfdState m_state{BfdState::DOWN};                //!< the state
    BfdDiagnostic m_diagnostic{BfdDiagnostic::NONE}; //!< why it changed last
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_FSM_H */
