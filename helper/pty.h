/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PTY_H
#define KEEPALIVE_PTY_H

#include <optional>
#include <string>
#include <sys/types.h>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A terminal of the real world, and the program on it: who talks with a TtyBridgeDevice.
 *
 * A pseudo-terminal with a command on its other side, or a terminal that exists already. It is in
 * raw mode: eight bits, no echo, no flow control. No privileges are needed. Free of ns-3.
 *
 * What is opened here is closed, and what is started here is killed, when this object goes.
 */
class Pty
{
  public:
    Pty() = default;
    ~Pty();

    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    /**
     * @brief Open a pseudo-terminal.
     * @return what is wrong, none if it is open
     */
    [[nodiscard]] std::optional<std::string> Open();

    /**
     * @brief Open a terminal that exists already, instead.
     * @param path its name, such as /dev/ttyS0
     * @return what is wrong, none if it is open
     */
    [[nodiscard]] std::optional<std::string> OpenTty(const std::string& path);

    /**
     * @brief Start a command on the other side of the pseudo-terminal.
     *
     * It runs in a session of its own, with the pseudo-terminal as its terminal. A command that
     * cannot be run ends at once, with status 127.
     *
     * @param command what a shell is to run; one command, as it is replaced by it
     * @param log file that its error output goes to; it is overwritten
     * @return what is wrong, none if it was started
     */
    [[nodiscard]] std::optional<std::string> Start(const std::string& command,
                                                   const std::string& log);

    /**
     * @brief The descriptor to read from and to write to.
     * @return the descriptor, -1 if nothing is open
     */
    int GetDescriptor() const;

    /**
     * @brief The descriptor of the other side, until a command is started there.
     * @return the descriptor, -1 if there is none
     */
    int GetOtherSide() const;

    /**
     * @brief Stop the command with SIGSTOP. When this returns it has stopped.
     * @return false if there is none, or it has ended
     */
    bool Suspend();

    /**
     * @brief Let it go on, with SIGCONT.
     * @return false if there is none, or it has ended
     */
    bool Resume();

    /// Kill it, and wait for its end.
    void Kill();

    /**
     * @brief How the command ended.
     * @return its exit status, or 128 and the number of the signal that killed it; none if it runs
     *         or never did
     */
    std::optional<int> GetExitStatus();

  private:
    /**
     * @brief What the child does; it does not return.
     * @param command what a shell is to run
     * @param log descriptor for error output
     */
    [[noreturn]] void RunChild(const char* command, int log) const;
    /**
     * @brief Learn of the child's state.
     * @param options of waitpid
     * @return whether there was anything to learn
     */
    bool Wait(int options);
    /// Close the other side.
    void CloseOtherSide();

    int m_descriptor{-1};            //!< this side
    int m_otherSide{-1};             //!< the other side
    pid_t m_child{-1};               //!< the command, -1 if there is none or it has ended
    std::optional<int> m_exitStatus; //!< how it ended
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PTY_H */
