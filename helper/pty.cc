/* SPDX-License-Identifier: GPL-2.0-only */

#include "pty.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int CLOSE_UP_TO = 1024;  //!< descriptors that a child does not inherit
constexpr int NOT_RUN = 127;       //!< exit status of a command that cannot be run
constexpr int KILLED = 128;        //!< exit status of one that a signal killed, and the signal
constexpr mode_t FILE_MODE = 0666; //!< permissions of a new file, less the umask
constexpr const char* SHELL = "/bin/sh"; //!< what reads the command

/**
 * @brief Say what a system call complained of.
 * @param what what was to be done
 * @return one line
 */
std::string
Explain(const std::string& what)
{
    return what + ": " + std::strerror(errno);
}

/**
 * @brief Put a terminal into raw mode.
 * @param descriptor the terminal
 * @return whether it is a terminal, and did it
 */
bool
MakeRaw(int descriptor)
{
    struct termios settings = {};
    if (tcgetattr(descriptor, &settings) != 0)
    {
        return false;
    }
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    return tcsetattr(descriptor, TCSANOW, &settings) == 0;
}

} // namespace

Pty::~Pty()
{
    Kill();
    CloseOtherSide();
    if (m_descriptor >= 0)
    {
        close(m_descriptor);
    }
}

std::optional<std::string>
Pty::Open()
{
    m_descriptor = posix_openpt(O_RDWR | O_NOCTTY);
    if (m_descriptor < 0 || grantpt(m_descriptor) != 0 || unlockpt(m_descriptor) != 0)
    {
        return Explain("cannot open a pseudo-terminal");
    }
    const char* name = ptsname(m_descriptor);
    m_otherSide = name ? open(name, O_RDWR | O_NOCTTY) : -1;
    if (m_otherSide < 0 || !MakeRaw(m_otherSide))
    {
        return Explain("cannot open the other side of a pseudo-terminal");
    }
    return std::nullopt;
}

std::optional<std::string>
Pty::OpenTty(const std::string& path)
{
    // Not to wait for the carrier of a modem, either.
    m_descriptor = open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (m_descriptor < 0)
    {
        return Explain("cannot open " + path);
    }
    if (!MakeRaw(m_descriptor))
    {
        return Explain("cannot use " + path + " as a terminal");
    }
    return std::nullopt;
}

std::optional<std::string>
Pty::Start(const std::string& command, const std::string& log)
{
    if (m_otherSide < 0)
    {
        return "cannot start a command without a pseudo-terminal";
    }
    const int logDescriptor = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, FILE_MODE);
    if (logDescriptor < 0)
    {
        return Explain("cannot write " + log);
    }
    const std::string replaced = "exec " + command;
    m_exitStatus.reset();
    m_child = fork();
    if (m_child == 0)
    {
        RunChild(replaced.c_str(), logDescriptor);
    }
    const std::string failure = m_child < 0 ? Explain("cannot start a process") : "";
    close(logDescriptor);
    if (!failure.empty())
    {
        return failure;
    }
    // With the last descriptor of the other side goes the line: that is to be the child's.
    CloseOtherSide();
    return std::nullopt;
}

void
Pty::RunChild(const char* command, int log) const
{
    setsid();
    ioctl(m_otherSide, TIOCSCTTY, 0); // whoever closes our side hangs up on the command
    dup2(m_otherSide, STDIN_FILENO);
    dup2(m_otherSide, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    for (int descriptor = STDERR_FILENO + 1; descriptor < CLOSE_UP_TO; descriptor++)
    {
        close(descriptor);
    }
    execl(SHELL, SHELL, "-c", command, nullptr);
    _exit(NOT_RUN);
}

bool
Pty::Suspend()
{
    if (GetExitStatus() || m_child < 0 || kill(-m_child, SIGSTOP) != 0)
    {
        return false;
    }
    return Wait(WUNTRACED) && m_child >= 0;
}

bool
Pty::Resume()
{
    return !GetExitStatus() && m_child >= 0 && kill(-m_child, SIGCONT) == 0;
}

void
Pty::Kill()
{
    if (m_child < 0)
    {
        return;
    }
    kill(-m_child, SIGKILL);
    kill(m_child, SIGKILL); // it may not have its session yet
    while (m_child >= 0 && Wait(0))
    {
    }
    m_child = -1;
}

std::optional<int>
Pty::GetExitStatus()
{
    Wait(WNOHANG);
    return m_exitStatus;
}

bool
Pty::Wait(int options)
{
    if (m_child < 0)
    {
        return false;
    }
    int status = 0;
    pid_t changed = 0;
    do
    {
        changed = waitpid(m_child, &status, options);
    } while (changed < 0 && errno == EINTR);
    if (changed <= 0)
    {
        return false;
    }
    if (WIFEXITED(status))
    {
        m_exitStatus = WEXITSTATUS(status);
        m_child = -1;
    }
    else if (WIFSIGNALED(status))
    {
        m_exitStatus = KILLED + WTERMSIG(status);
        m_child = -1;
    }
    return true;
}

void
Pty::CloseOtherSide()
{
    if (m_otherSide >= 0)
    {
        close(m_otherSide);
        m_otherSide = -1;
    }
}

int
Pty::GetDescriptor() const
{
    return m_descriptor;
}

int
Pty::GetOtherSide() const
{
    return m_otherSide;
}

} // namespace keepalive
} // namespace ns3
